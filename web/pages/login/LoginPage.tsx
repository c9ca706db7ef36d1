import { useQuery } from '@tanstack/react-query'
import { Button } from 'antd'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import type { County } from '../../../contracts/api/session.ts'
import { get } from '../../api/request.ts'
import { chooseLanguage } from '../../i18n/setup.ts'
import { QueryView } from '../../parts/QueryView.tsx'
import { Mark } from '../../shell/Mark.tsx'
import { CountyStep } from './CountyStep.tsx'
import { PasswordStep } from './PasswordStep.tsx'
import './login.css'

const remembered = () => localStorage.getItem('county')

/** The county is named first, so that nobody signs in at the wrong one; a remembered county goes straight to the password. */
export function Page() {
  const { t, i18n } = useTranslation()
  const counties = useQuery({ queryKey: ['counties'], queryFn: ({ signal }) => get<County[]>('/counties', signal) })
  const [chosen, setChosen] = useState<string | null>(remembered)
  const choose = (code: string | null) => {
    if (code) localStorage.setItem('county', code)
    setChosen(code)
  }
  return (
    <div className="login">
      <header className="login-top">
        <Mark />
        <b className="login-brand">闭环</b>
        <span className="grow" />
        <Button type="text" onClick={() => void chooseLanguage(i18n.language === 'en-US' ? 'zh-CN' : 'en-US')}>
          {t('shell.otherLanguage')}
        </Button>
      </header>
      <main className="login-box">
        <QueryView query={counties} rows={3}>
          {(list) => {
            const county = list.find((one) => one.code === chosen) ?? (list.length === 1 ? list[0] : undefined)
            return county ? (
              <PasswordStep county={county} onOther={list.length > 1 ? () => choose(null) : null} />
            ) : (
              <CountyStep counties={list} onChoose={choose} />
            )
          }}
        </QueryView>
      </main>
      <footer className="login-foot">{t('login.noAccount')}</footer>
    </div>
  )
}
