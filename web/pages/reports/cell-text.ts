import type { ReportPage } from '../../../contracts/api/reports.ts'

export type Column = ReportPage['columns'][number]

/** A figure as the annex prints it: money in 万元 with two decimals, held as integer fen. */
export function cellText(column: Column, value: number | null): string {
  if (value === null) return '—'
  if (column.kind !== 'money') return String(value)
  return value === 0 ? '0' : (value / 1_000_000).toFixed(2)
}

export const isFigure = (column: Column) => column.kind !== 'text'
