import { useTranslation } from 'react-i18next'
import type { LedgerPage } from '../../../contracts/api/ledgers.ts'
import { useNow } from '../../clock/use-now.ts'
import '../../parts/tags.css'
import { daysBetween, shortDay } from '../../words/dates.ts'

type Row = LedgerPage['rows'][number]

interface DueCellProps {
  row: Row
}

const OPEN_ENDED = ['CLOSED', 'VOID']

/** 超期 7 天 · 剩 3 天 · 剩 6 天, with the date below. */
export function DueCell({ row }: DueCellProps) {
  const { t } = useTranslation()
  const now = useNow()
  if (row.dueAt === null) return null
  const isOver = OPEN_ENDED.includes(row.status)
  const left = daysBetween(now, row.dueAt - 1)
  const words =
    row.overdueDays > 0 ? (
      <span className="pill pill-bad">{t('due.overdueDays', { count: row.overdueDays })}</span>
    ) : (
      <span className={left <= 3 ? 'pill pill-warn' : ''}>{t('due.leftDays', { count: Math.max(0, left) })}</span>
    )
  return (
    <>
      {!isOver && words}
      <span className="ledger-date">{shortDay(row.dueAt - 1)}</span>
      {row.extended && (
        <span className="ledger-date">
          {row.originalDueAt ? t('ledger.original', { day: shortDay(row.originalDueAt - 1) }) : t('ledger.extendedMark')}
        </span>
      )}
    </>
  )
}
