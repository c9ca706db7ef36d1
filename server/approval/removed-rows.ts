import { HAZARDS_FIELD } from '../../contracts/api/start.ts'
import type { Values } from './form-gate.ts'

type Row = Readonly<Record<string, unknown>>

const rowsOf = (form: Values): readonly Row[] | null => {
  const rows = form[HAZARDS_FIELD]
  return Array.isArray(rows) ? rows.filter((row): row is Row => typeof row === 'object' && row !== null) : null
}

/**
 * Hazards that were taken off a returned list are not judged as hazards any more, and the numbers of the others are no field that
 * anybody fills in: both are set apart before the form is checked, and put back afterwards.
 */
export function setRemovedApart(form: Values): { live: Values; withRows: (checked: Values) => Values } {
  const rows = rowsOf(form)
  if (!rows) return { live: form, withRows: (checked) => checked }
  const isRemoved = (row: Row) => row.removed === true
  const live = rows.filter((row) => !isRemoved(row))
  const removed = rows.filter(isRemoved).map(({ hazardNo, removedReason }) => ({ hazardNo, removedReason, removed: true }))
  return {
    live: { ...form, [HAZARDS_FIELD]: live.map(({ hazardNo: _, removed: __, removedReason: ___, ...row }) => row) },
    withRows: (checked) => ({
      ...checked,
      [HAZARDS_FIELD]: [...(rowsOf(checked) ?? []).map((row, index) => ({ ...row, hazardNo: live[index]?.hazardNo })), ...removed],
    }),
  }
}
