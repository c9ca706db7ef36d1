import { LeftOutlined } from '@ant-design/icons'
import { Button } from 'antd'
import type { ReactNode } from 'react'
import { useTranslation } from 'react-i18next'
import { useNavigate } from 'react-router'
import { useNow } from '../clock/use-now.ts'
import { useMe } from '../session/session-context.ts'
import { dayAndTime } from '../words/dates.ts'
import { PhoneTabs } from './PhoneTabs.tsx'

interface PhonePageProps {
  title: ReactNode
  sub?: ReactNode
  /** Where the arrow leads; without it there is no arrow and the tabs stand at the foot. */
  back?: string
  action?: ReactNode
  /** Bar in the thumb zone. */
  footer?: ReactNode
  /** White ground from edge to edge, for lists. */
  plain?: boolean
  children: ReactNode
}

function DemoLine() {
  const { t } = useTranslation()
  const now = useNow(5_000)
  return (
    <span className="phone-demo">
      {t('shell.clock.label')} {dayAndTime(now)}
    </span>
  )
}

/** A page on the phone: title above, one column, bar or tabs at the foot. */
export function PhonePage({ title, sub, back, action, footer, plain, children }: PhonePageProps) {
  const { t } = useTranslation()
  const navigate = useNavigate()
  const me = useMe()
  return (
    <div className={`phone-page${plain ? ' phone-plain' : ''}${footer ? ' has-footer' : ''}${back ? '' : ' has-tabs'}`}>
      <header className="phone-head no-print">
        {back && <Button type="text" icon={<LeftOutlined />} aria-label={t('shell.back')} onClick={() => navigate(back)} />}
        <div className="phone-title">
          <h1>{title}</h1>
          {sub && <p>{sub}</p>}
        </div>
        {action}
        {!back && me.demo && <DemoLine />}
      </header>
      <main id="main" className="phone-main">
        {children}
      </main>
      {(footer || !back) && (
        <div className="phone-bottom no-print">
          {footer && <div className="phone-footer">{footer}</div>}
          {!back && <PhoneTabs />}
        </div>
      )}
    </div>
  )
}
