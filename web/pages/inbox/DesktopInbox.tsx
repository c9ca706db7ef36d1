import { useTranslation } from 'react-i18next'
import { useNavigate } from 'react-router'
import type { InboxItem } from '../../../contracts/api/inbox.ts'
import { QueryView } from '../../parts/QueryView.tsx'
import { useKeys } from '../../parts/use-keys.ts'
import { Preview } from '../task/Preview.tsx'
import { Folders } from './Folders.tsx'
import { InboxList } from './InboxList.tsx'
import { itemLink } from './item-link.ts'
import { SearchBox } from './SearchBox.tsx'
import { useInbox } from './use-inbox.ts'

export function DesktopInbox() {
  const { t } = useTranslation()
  const navigate = useNavigate()
  const { tab, q, selected, query, setTab, setQ, select } = useInbox()
  const items = query.data?.items ?? []
  const current = tab === 'mine' ? null : (items.find((item) => item.seatId === selected) ?? items[0] ?? null)
  const handleSelect = (item: InboxItem) => (tab === 'mine' ? void navigate(itemLink(item, tab)) : select(item.seatId))
  const move = (step: number) => {
    const next = items[items.findIndex((item) => item.seatId === current?.seatId) + step]
    if (!next || tab === 'mine') return
    select(next.seatId)
    document.getElementById(`row-${next.seatId}`)?.scrollIntoView({ block: 'nearest' })
  }
  useKeys({
    j: () => move(1),
    k: () => move(-1),
    enter: () => current && void navigate(itemLink(current, tab)),
    '/': () => document.getElementById('inbox-search')?.focus(),
  })
  return (
    <div className="inbox">
      <h1 className="visually-hidden">{t('inbox.title')}</h1>
      <Folders tab={tab} counts={query.data?.counts} onChange={setTab} />
      <div className={`inbox-panes${tab === 'mine' ? ' inbox-single' : ''}`}>
        <div className="inbox-pane">
          <div className="inbox-tools">
            <SearchBox value={q} onChange={setQ} />
          </div>
          <div className="inbox-scroll">
            <QueryView query={query} rows={8}>
              {(page) => (
                <InboxList
                  page={page}
                  tab={tab}
                  q={q}
                  selected={current?.seatId ?? null}
                  onSelect={handleSelect}
                  onClearSearch={() => setQ('')}
                />
              )}
            </QueryView>
          </div>
          <p className="inbox-foot">
            <kbd>J</kbd> <kbd>K</kbd> {t('inbox.keys.move')} <kbd>Enter</kbd> {t('inbox.keys.open')} <kbd>/</kbd> {t('inbox.keys.search')}
          </p>
        </div>
        {tab !== 'mine' && (current ? <Preview key={current.seatId} seatId={current.seatId} /> : <div className="inbox-nothing" />)}
      </div>
    </div>
  )
}
