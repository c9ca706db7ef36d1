import { useTranslation } from 'react-i18next'
import type { ReportPage } from '../../../contracts/api/reports.ts'
import { type Column, cellText, isFigure } from './cell-text.ts'

interface ReportTableProps {
  page: ReportPage
  row: string | null
  column: string | null
  onOpen: (row: string, column: string) => void
}

type Row = ReportPage['rows'][number]

const nameOf = (column: Column) => (column.group ? `${column.group} ${column.title}` : column.title)

function Head({ columns }: { columns: Column[] }) {
  const { t } = useTranslation()
  return (
    <thead>
      <tr>
        <th rowSpan={3} scope="col" className="report-name">
          {t('report.unit')}
        </th>
        {columns.map((column, index) => {
          if (!column.group)
            return (
              <th key={column.key} rowSpan={2} scope="col">
                {column.title}
              </th>
            )
          if (columns[index - 1]?.group === column.group) return null
          return (
            <th key={column.key} colSpan={columns.filter((other) => other.group === column.group).length} scope="colgroup">
              {column.group}
            </th>
          )
        })}
      </tr>
      <tr>
        {columns
          .filter((column) => column.group)
          .map((column) => (
            <th key={column.key} scope="col">
              {column.title}
            </th>
          ))}
      </tr>
      <tr className="report-units">
        {columns.map((column) => (
          <td key={column.key}>{column.unit}</td>
        ))}
      </tr>
    </thead>
  )
}

function RowState({ row }: { row: Row }) {
  const { t } = useTranslation()
  if (!row.state) return null
  const tone = row.late ? 'late' : row.state.toLowerCase()
  return (
    <span className={`report-row-state report-row-${tone}`}>
      {row.late && row.state === 'DRAFT' ? t('report.late') : t(`report.rowState.${row.state}`)}
    </span>
  )
}

interface CellProps extends Pick<ReportTableProps, 'row' | 'column' | 'onOpen'> {
  of: Row
  by: Column
}

function Cell({ of, by, row, column, onOpen }: CellProps) {
  const { t } = useTranslation()
  const cell = of.cells.find((one) => one.column === by.key)
  if (!cell || cell.value === null) return <td className="report-none">—</td>
  const isOpen = row === of.id && column === by.key
  const mark = cell.overridden ? 'report-override' : cell.comment ? 'report-comment' : ''
  const spoken = [
    of.title,
    nameOf(by),
    cellText(by, cell.value),
    by.unit,
    cell.overridden && t('report.overridden'),
    cell.comment && t('report.commented'),
  ]
    .filter(Boolean)
    .join(' ')
  return (
    <td className={`${mark}${isOpen ? ' report-open' : ''}`}>
      <button
        type="button"
        className={cell.value === 0 ? 'report-zero' : ''}
        aria-label={spoken}
        aria-pressed={isOpen}
        onClick={() => onOpen(of.id, by.key)}
      >
        {cellText(by, cell.value)}
        {cell.cumulative !== undefined && cell.cumulative !== null && (
          <small aria-hidden="true">{cell.cumulative > 0 ? cellText(by, cell.cumulative) : ''}</small>
        )}
      </button>
    </td>
  )
}

/** Towns as rows, the two printed rows at the foot; every figure opens the rows behind it. */
export function ReportTable({ page, row, column, onOpen }: ReportTableProps) {
  const columns = page.columns.filter(isFigure)
  const isPrinted = (one: Row) => one.kind === 'period' || one.kind === 'cumulative'
  const line = (one: Row) => (
    <tr key={one.id}>
      <th scope="row" className="report-name">
        {one.title}
        <RowState row={one} />
      </th>
      {columns.map((by) => (
        <Cell key={by.key} of={one} by={by} row={row} column={column} onOpen={onOpen} />
      ))}
    </tr>
  )
  return (
    // biome-ignore lint/a11y/noNoninteractiveTabindex: the table scrolls by keys
    <section className="report-scroll" tabIndex={0} aria-label={page.title}>
      <table className="report-table">
        <Head columns={columns} />
        <tbody>{page.rows.filter((one) => !isPrinted(one)).map(line)}</tbody>
        <tfoot>{page.rows.filter(isPrinted).map(line)}</tfoot>
      </table>
    </section>
  )
}
