import { FilterOutlined, SearchOutlined } from '@ant-design/icons'
import { Button, Drawer } from 'antd'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import { Link } from 'react-router'
import type { LedgerPage } from '../../../contracts/api/ledgers.ts'
import { StateView } from '../../parts/StateView.tsx'
import { DueCell } from './DueCell.tsx'
import { Filters } from './Filters.tsx'
import type { Ledger } from './use-ledger.ts'

interface LedgerCardsProps {
  page: LedgerPage
  ledger: Ledger
}

const find = (row: LedgerPage['rows'][number], pattern: RegExp) =>
  Object.entries(row.cells).find(([key, text]) => pattern.test(key) && text)?.[1]

/** On a phone a row is a card; filters come from below. */
export function LedgerCards({ page, ledger }: LedgerCardsProps) {
  const { t } = useTranslation()
  const [filtering, setFiltering] = useState(false)
  const active = ledger.asked.view ?? page.views[0]?.id
  const filterCount = Object.keys(ledger.asked).filter((key) => key !== 'view').length
  return (
    <>
      <fieldset className="ledger-chips">
        <legend className="visually-hidden">{t('ledger.views')}</legend>
        {page.views.map((view) => (
          <button key={view.id} type="button" aria-pressed={view.id === active} onClick={() => ledger.set('view', view.id)}>
            {view.title} {view.count}
          </button>
        ))}
        <button type="button" onClick={() => setFiltering(true)}>
          <FilterOutlined aria-hidden /> {t('ledger.filter')}
          {filterCount > 0 && ` ${filterCount}`}
        </button>
      </fieldset>
      {page.rows.length === 0 && (
        <StateView
          icon={<SearchOutlined />}
          title={t('ledger.empty')}
          text={t('ledger.emptyText')}
          actions={<Button onClick={ledger.clear}>{t('ledger.clear')}</Button>}
        />
      )}
      <ul className="ledger-cards">
        {page.rows.map((row) => (
          <li key={row.number} className="card">
            <Link to={`/record/${encodeURIComponent(row.number)}`}>
              <span className="ledger-card-top">
                <b>{find(row, /enterprise/i) ?? row.number}</b>
                <span className="grow small">{find(row, /town/i)}</span>
              </span>
              <p>{find(row, /detail|description|title/i)}</p>
              <span className="ledger-card-meta">
                <span className="muted">{row.number}</span>
                <span>{row.statusLabel}</span>
                <DueCell row={row} />
              </span>
            </Link>
          </li>
        ))}
      </ul>
      {page.nextCursor && (
        <Button block loading={ledger.query.isFetchingNextPage} onClick={ledger.more}>
          {t('ledger.more')}
        </Button>
      )}
      <Button block href={ledger.exportUrl}>
        {t('ledger.export')}
      </Button>
      <Drawer open={filtering} onClose={() => setFiltering(false)} placement="bottom" title={t('ledger.filter')}>
        <Filters page={page} ledger={ledger} />
      </Drawer>
    </>
  )
}
