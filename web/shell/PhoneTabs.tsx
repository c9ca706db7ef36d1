import { useTranslation } from 'react-i18next'
import { NavLink } from 'react-router'
import { useMe } from '../session/session-context.ts'
import { phoneEntries } from './navigation.tsx'
import { useInboxCount } from './use-inbox-count.ts'

export function PhoneTabs() {
  const { t } = useTranslation()
  const entries = phoneEntries(useMe())
  const count = useInboxCount()
  return (
    <nav
      className="phone-tabs no-print"
      style={{ gridTemplateColumns: `repeat(${entries.length}, 1fr)` }}
      aria-label={t('shell.navigation')}
    >
      {entries.map((entry) => (
        <NavLink key={entry.path} to={entry.path}>
          <span className="phone-tab-icon" aria-hidden="true">
            {entry.icon}
          </span>
          <span>{t(entry.label)}</span>
          {entry.path === '/inbox' && count > 0 && (
            <span className="phone-tab-count">
              {count}
              <span className="visually-hidden">{t('shell.waiting')}</span>
            </span>
          )}
        </NavLink>
      ))}
    </nav>
  )
}
