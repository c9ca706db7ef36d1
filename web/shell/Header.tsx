import { GlobalOutlined, KeyOutlined, LogoutOutlined } from '@ant-design/icons'
import { useTranslation } from 'react-i18next'
import { Link, useNavigate } from 'react-router'
import { chooseLanguage } from '../i18n/setup.ts'
import { NotificationBell } from '../notifications/NotificationBell.tsx'
import { ActionMenu } from '../parts/ActionMenu.tsx'
import { useMe } from '../session/session-context.ts'
import { useLogOut } from '../session/use-log-out.ts'
import { DemoClock } from './DemoClock.tsx'
import { Mark } from './Mark.tsx'

export function Header() {
  const { t, i18n } = useTranslation()
  const me = useMe()
  const navigate = useNavigate()
  const logOut = useLogOut()
  const other = i18n.language === 'en-US' ? 'zh-CN' : 'en-US'
  const items = [
    { key: 'password', icon: <KeyOutlined />, label: t('shell.changePassword'), onClick: () => navigate('/me') },
    { key: 'language', icon: <GlobalOutlined />, label: t('shell.otherLanguage'), onClick: () => void chooseLanguage(other) },
    { key: 'out', icon: <LogoutOutlined />, label: t('shell.logOut'), onClick: () => logOut.mutate() },
  ]
  return (
    <header className="shell-header no-print">
      <a className="skip" href="#main">
        {t('shell.skip')}
      </a>
      <Link to="/" className="brand" aria-label={t('shell.home')}>
        <Mark />
        <b>闭环</b>
      </Link>
      <span className="shell-place">{me.enterprise?.name ?? me.positions[0]?.unitName ?? me.county.name}</span>
      <span className="grow" />
      <DemoClock />
      <NotificationBell />
      <ActionMenu items={items} placement="bottomRight" label={t('shell.me')}>
        <button type="button" className="shell-me">
          <span className="avatar" aria-hidden="true">
            {me.person.name.slice(0, 1)}
          </span>
          <span>{me.person.name}</span>
          <span className="muted">
            {me.positions
              .map((position) => position.title)
              .slice(0, 2)
              .join('、')}
          </span>
        </button>
      </ActionMenu>
    </header>
  )
}
