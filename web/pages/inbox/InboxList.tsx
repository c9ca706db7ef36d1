import { CheckCircleOutlined, SearchOutlined } from '@ant-design/icons'
import { Button } from 'antd'
import { useTranslation } from 'react-i18next'
import { useNavigate } from 'react-router'
import type { InboxItem, InboxPage } from '../../../contracts/api/inbox.ts'
import { StateView } from '../../parts/StateView.tsx'
import { InboxRow } from './InboxRow.tsx'
import type { Tab } from './inbox-query.ts'

interface InboxListProps {
  page: InboxPage
  tab: Tab
  q: string
  selected: string | null
  onSelect: ((item: InboxItem) => void) | null
  onClearSearch: () => void
}

const GROUPS = ['overdue', 'soon', 'other'] as const

function Empty({ tab, q, onClearSearch }: Pick<InboxListProps, 'tab' | 'q' | 'onClearSearch'>) {
  const { t } = useTranslation()
  const navigate = useNavigate()
  if (q)
    return (
      <StateView
        icon={<SearchOutlined />}
        title={t('inbox.emptySearch')}
        actions={<Button onClick={onClearSearch}>{t('inbox.clearSearch')}</Button>}
      />
    )
  return (
    <StateView
      icon={<CheckCircleOutlined />}
      title={t(`inbox.empty.${tab}`)}
      text={t(`inbox.emptyText.${tab}`)}
      actions={
        tab === 'done' ? undefined : (
          <Button type="primary" onClick={() => navigate('/start')}>
            {t('inbox.startOne')}
          </Button>
        )
      }
    />
  )
}

/** The server's order; what waits for me is grouped by urgency. */
export function InboxList({ page, tab, q, selected, onSelect, onClearSearch }: InboxListProps) {
  const { t } = useTranslation()
  if (page.items.length === 0) return <Empty tab={tab} q={q} onClearSearch={onClearSearch} />
  const row = (item: InboxItem) => (
    <InboxRow key={`${item.seatId}-${item.recordNumber}`} item={item} tab={tab} selected={item.seatId === selected} onSelect={onSelect} />
  )
  if (tab !== 'todo') return <ul className="inbox-list">{page.items.map(row)}</ul>
  return (
    <div className="inbox-list">
      {GROUPS.map((group) => ({ group, items: page.items.filter((item) => item.group === group) }))
        .filter(({ items }) => items.length > 0)
        .map(({ group, items }) => (
          <section key={group} aria-label={`${t(`inbox.group.${group}`)} ${items.length}`}>
            <h2 className={`inbox-group inbox-group-${group}`}>
              {t(`inbox.group.${group}`)}
              <span>{items.length}</span>
            </h2>
            <ul>{items.map(row)}</ul>
          </section>
        ))}
    </div>
  )
}
