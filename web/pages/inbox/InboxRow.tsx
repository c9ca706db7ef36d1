import type { MouseEvent } from 'react'
import { useTranslation } from 'react-i18next'
import { Link } from 'react-router'
import type { InboxItem } from '../../../contracts/api/inbox.ts'
import { Due } from '../../parts/Due.tsx'
import { LevelTag } from '../../parts/LevelTag.tsx'
import { shortDayAndTime } from '../../words/dates.ts'
import type { Tab } from './inbox-query.ts'
import { itemLink } from './item-link.ts'

interface InboxRowProps {
  item: InboxItem
  tab: Tab
  selected: boolean
  /** Shows the preview instead of leaving the list. */
  onSelect: ((item: InboxItem) => void) | null
}

export function InboxRow({ item, tab, selected, onSelect }: InboxRowProps) {
  const { t } = useTranslation()
  const unread = item.unread && tab === 'todo'
  const handleClick = (event: MouseEvent) => {
    if (!onSelect || event.metaKey || event.ctrlKey || event.shiftKey) return
    event.preventDefault()
    onSelect(item)
  }
  return (
    <li>
      <Link
        to={itemLink(item, tab)}
        id={`row-${item.seatId}`}
        className={`inbox-row${unread ? ' unread' : ''}`}
        aria-current={selected || undefined}
        onClick={handleClick}
      >
        <span className="inbox-row-top">
          {unread && <i className="inbox-new" role="img" aria-label={t('inbox.unread')} />}
          <span className="inbox-step">
            {item.procedureName} · {item.nodeName}
          </span>
          {tab === 'todo' && item.dueAt !== null && <Due at={item.dueAt} />}
          {tab !== 'todo' && <span className="pill">{item.state}</span>}
        </span>
        <span className="inbox-row-title">
          {item.level && <LevelTag level={item.level} />}
          {item.title}
        </span>
        <span className="inbox-row-foot">
          <span className="inbox-place">{item.place}</span>
          <time>{shortDayAndTime(item.doneAt ?? item.arrivedAt)}</time>
        </span>
      </Link>
    </li>
  )
}
