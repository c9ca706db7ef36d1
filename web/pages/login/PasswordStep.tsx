import { CloseCircleFilled } from '@ant-design/icons'
import { useMutation, useQueryClient } from '@tanstack/react-query'
import { Button, Input } from 'antd'
import { type FormEvent, useRef, useState } from 'react'
import { useTranslation } from 'react-i18next'
import { useNavigate, useSearchParams } from 'react-router'
import type { County, Me } from '../../../contracts/api/session.ts'
import { change } from '../../api/request.ts'
import { adoptSession, sessionKey } from '../../session/use-session.ts'
import { Steps } from './Steps.tsx'
import { useLoginError } from './use-login-error.ts'

interface PasswordStepProps {
  county: County
  onOther: (() => void) | null
}

/** Only paths of this site are returned to. */
const safeTarget = (to: string | null) => (to?.startsWith('/') && !to.startsWith('//') ? to : '/inbox')

export function PasswordStep({ county, onOther }: PasswordStepProps) {
  const { t } = useTranslation()
  const navigate = useNavigate()
  const client = useQueryClient()
  const [search] = useSearchParams()
  const [account, setAccount] = useState('')
  const [password, setPassword] = useState('')
  const [missing, setMissing] = useState<'account' | 'password' | null>(null)
  const first = useRef<HTMLDivElement>(null)
  const logIn = useMutation({
    mutationFn: () => change<Me>('POST', '/session', { county: county.code, account: account.trim(), password }),
    onSuccess: (me) => {
      client.setQueryData(sessionKey, adoptSession(me))
      void navigate(safeTarget(search.get('to')), { replace: true })
    },
  })
  const refused = useLoginError(logIn.error)
  const error = missing ? t(`login.missing.${missing}`) : refused
  const handleSubmit = (event: FormEvent) => {
    event.preventDefault()
    const lack = account.trim() === '' ? 'account' : password === '' ? 'password' : null
    setMissing(lack)
    if (lack) first.current?.querySelector<HTMLInputElement>(`#${lack}`)?.focus()
    else logIn.mutate()
  }
  return (
    <div ref={first}>
      <h1 className="login-title">{t('login.countyTitle', { county: county.name })}</h1>
      <p className="login-sub">{t('login.purpose')}</p>
      <section className="login-card">
        <Steps now={2} />
        <form onSubmit={handleSubmit} noValidate>
          <div className="login-field">
            <label htmlFor="account">{t('login.account')}</label>
            <Input
              id="account"
              value={account}
              onChange={(event) => setAccount(event.target.value)}
              autoComplete="username"
              autoFocus
              autoCapitalize="none"
              status={missing === 'account' ? 'error' : ''}
              aria-describedby={error ? 'login-error' : undefined}
            />
          </div>
          <div className="login-field">
            <label htmlFor="password">{t('login.password')}</label>
            <Input.Password
              id="password"
              value={password}
              onChange={(event) => setPassword(event.target.value)}
              autoComplete="current-password"
              status={error && missing !== 'account' ? 'error' : ''}
              aria-describedby={error ? 'login-error' : undefined}
            />
            <div role="alert">
              {error && (
                <p className="login-error" id="login-error">
                  <CloseCircleFilled aria-hidden /> <span>{error}</span>
                </p>
              )}
            </div>
          </div>
          <Button type="primary" htmlType="submit" block loading={logIn.isPending}>
            {t('login.logIn')}
          </Button>
        </form>
        <div className="login-links">
          <span className="muted">{t('login.forgotten')}</span>
          {onOther && (
            <Button type="link" onClick={onOther}>
              {t('login.otherCounty')}
            </Button>
          )}
        </div>
      </section>
    </div>
  )
}
