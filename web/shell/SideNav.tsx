import { MenuFoldOutlined, MenuUnfoldOutlined } from '@ant-design/icons'
import { useTranslation } from 'react-i18next'
import { NavLink } from 'react-router'
import { useMe } from '../session/session-context.ts'
import { adminEntries, type Entry, workEntries } from './navigation.tsx'
import { useInboxCount } from './use-inbox-count.ts'

interface ItemProps {
  entry: Entry
  folded: boolean
  count: number
}

function Item({ entry, folded, count }: ItemProps) {
  const { t } = useTranslation()
  return (
    <NavLink to={entry.path} className="nav-item" title={folded ? t(entry.label) : undefined}>
      <span className="nav-icon" aria-hidden="true">
        {entry.icon}
      </span>
      <span className={folded ? 'visually-hidden' : 'nav-text'}>{t(entry.label)}</span>
      {count > 0 && (
        <span className={folded ? 'nav-badge' : 'nav-count'}>
          {count}
          <span className="visually-hidden">{t('shell.waiting')}</span>
        </span>
      )}
    </NavLink>
  )
}

interface SideNavProps {
  folded: boolean
  onFold: (folded: boolean) => void
}

export function SideNav({ folded, onFold }: SideNavProps) {
  const { t } = useTranslation()
  const me = useMe()
  const count = useInboxCount()
  const admin = adminEntries(me)
  const fold = t(folded ? 'shell.unfold' : 'shell.fold')
  return (
    <nav className={`sider no-print${folded ? ' sider-folded' : ''}`} aria-label={t('shell.navigation')}>
      {workEntries(me).map((entry) => (
        <Item key={entry.path} entry={entry} folded={folded} count={entry.path === '/inbox' ? count : 0} />
      ))}
      {admin.length > 0 && <div className="nav-group">{folded ? null : t('shell.administration')}</div>}
      {admin.map((entry) => (
        <Item key={entry.path} entry={entry} folded={folded} count={0} />
      ))}
      <span className="grow" />
      <button type="button" className="nav-item nav-fold" onClick={() => onFold(!folded)} aria-label={fold} aria-expanded={!folded}>
        {folded ? <MenuUnfoldOutlined /> : <MenuFoldOutlined />}
        {!folded && <span className="nav-text">{fold}</span>}
      </button>
    </nav>
  )
}
