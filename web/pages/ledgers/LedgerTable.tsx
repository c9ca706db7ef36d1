import { SearchOutlined } from '@ant-design/icons'
import { Button } from 'antd'
import { useTranslation } from 'react-i18next'
import { Link } from 'react-router'
import type { LedgerPage } from '../../../contracts/api/ledgers.ts'
import { StateView } from '../../parts/StateView.tsx'
import { DueCell } from './DueCell.tsx'
import { StatusCell } from './StatusCell.tsx'
import type { Ledger } from './use-ledger.ts'

interface LedgerTableProps {
  page: LedgerPage
  ledger: Ledger
}

/** Columns that this page draws with more than their text. */
const OWN = new Set(['status', 'due', 'dueAt', 'dueDate'])

export function LedgerTable({ page, ledger }: LedgerTableProps) {
  const { t } = useTranslation()
  if (page.rows.length === 0)
    return (
      <StateView
        icon={<SearchOutlined />}
        title={t('ledger.empty')}
        text={t('ledger.emptyText')}
        actions={<Button onClick={ledger.clear}>{t('ledger.clear')}</Button>}
      />
    )
  const columns = page.columns.filter((column) => !OWN.has(column.key))
  const lead = columns.find((column) => /enterprise|name|number/i.test(column.key))?.key ?? columns[0]?.key
  return (
    // biome-ignore lint/a11y/noNoninteractiveTabindex: the table scrolls by keys
    <section className="ledger-scroll" tabIndex={0} aria-label={page.title}>
      <table className="ledger-table">
        <thead>
          <tr>
            {columns.map((column) => (
              <th key={column.key} scope="col" style={column.width > 0 ? { width: column.width } : {}}>
                {column.title}
              </th>
            ))}
            <th scope="col" style={{ width: 104 }}>
              {t('ledger.status')}
            </th>
            <th scope="col" style={{ width: 104 }}>
              {t('ledger.due')}
            </th>
          </tr>
        </thead>
        <tbody>
          {page.rows.map((row) => (
            // The cell with the link is the keyboard's way; a click anywhere in the row does the same.
            <tr
              key={row.number}
              className={row.number === ledger.row ? 'on' : ''}
              aria-current={row.number === ledger.row || undefined}
              onClick={() => ledger.set('row', row.number)}
            >
              {columns.map((column) => (
                <td key={column.key}>
                  {column.key === lead ? (
                    <Link
                      to={`/record/${encodeURIComponent(row.number)}`}
                      className="ledger-name"
                      onClick={(event) => event.stopPropagation()}
                    >
                      {row.cells[column.key] || row.number}
                    </Link>
                  ) : (
                    <span className="ledger-text">{row.cells[column.key]}</span>
                  )}
                </td>
              ))}
              <td>
                <StatusCell row={row} />
              </td>
              <td>
                <DueCell row={row} />
              </td>
            </tr>
          ))}
        </tbody>
      </table>
      {page.nextCursor && (
        <Button block type="text" loading={ledger.query.isFetchingNextPage} onClick={ledger.more}>
          {t('ledger.more')}
        </Button>
      )}
    </section>
  )
}
