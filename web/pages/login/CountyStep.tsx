import { RightOutlined } from '@ant-design/icons'
import { useTranslation } from 'react-i18next'
import type { County } from '../../../contracts/api/session.ts'
import { Steps } from './Steps.tsx'

interface CountyStepProps {
  counties: County[]
  onChoose: (code: string) => void
}

export function CountyStep({ counties, onChoose }: CountyStepProps) {
  const { t } = useTranslation()
  return (
    <>
      <h1 className="login-title">{t('login.title')}</h1>
      <p className="login-sub">{t('login.chooseCounty')}</p>
      <section className="login-card">
        <Steps now={1} />
        <ul className="login-counties">
          {counties.map((county) => (
            <li key={county.code}>
              <button type="button" onClick={() => onChoose(county.code)}>
                <span className="grow">{county.name}</span>
                <span className="muted">{county.code}</span>
                <RightOutlined aria-hidden />
              </button>
            </li>
          ))}
        </ul>
      </section>
    </>
  )
}
