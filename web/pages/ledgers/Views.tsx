import { Tabs } from 'antd'
import type { LedgerPage } from '../../../contracts/api/ledgers.ts'
import type { Ledger } from './use-ledger.ts'

interface ViewsProps {
  page: LedgerPage
  ledger: Ledger
}

export function Views({ page, ledger }: ViewsProps) {
  const active = ledger.asked.view ?? page.views[0]?.id ?? ''
  return (
    <Tabs
      className="ledger-views"
      activeKey={active}
      onChange={(view) => ledger.set('view', view)}
      items={page.views.map((view) => ({
        key: view.id,
        label: (
          <>
            {view.title}
            <span className="ledger-count">{view.count}</span>
          </>
        ),
      }))}
    />
  )
}
