import { type CellRow, union } from './evaluate.ts'
import type { FigureColumn } from './report-definition.ts'

/** A cell as a snapshot keeps it: the system's figure, the figure in force (after a correction by hand) and the rows. */
export interface StoredCell {
  readonly system: number
  readonly value: number
  readonly rows: readonly CellRow[]
}

/** Figures of one period for 累计: `frozen` when they come from a snapshot, whose void hazards were taken out at its moment. */
export interface PeriodCell {
  readonly cell: StoredCell
  readonly frozen: boolean
}

/**
 * The county's cell: the rows of the towns' cells and of its own, each once. A correction that a town made by hand has no
 * rows, so its difference from the system's figure is carried on top.
 */
export function rollUp(column: FigureColumn, parts: readonly StoredCell[]): StoredCell {
  const merged = union(
    column,
    parts.map((part) => part.rows),
  )
  return { system: merged.value, value: merged.value + byHand(parts), rows: merged.rows }
}

/**
 * 累计 of a cell over its periods: 个, 项, 万 add up; 家 is distinct over the rows of all periods; corrections by hand carry on.
 * A hazard that became void after its period was frozen leaves the total (`corrected` names it), not the frozen row.
 */
export function cumulate(
  column: FigureColumn,
  periods: readonly PeriodCell[],
  voided: ReadonlySet<string>,
): { value: number; rows: readonly CellRow[]; corrected: readonly CellRow[] } {
  const kept: CellRow[][] = []
  const corrected: CellRow[] = []
  for (const { cell, frozen } of periods) {
    const gone = (row: CellRow) => frozen && column.exceptVoid && row.recordId !== null && voided.has(row.recordId)
    kept.push(cell.rows.filter((row) => !gone(row)))
    corrected.push(...cell.rows.filter(gone))
  }
  const cells = periods.map((period) => period.cell)
  if (column.total === 'distinct') {
    const merged = union(column, kept)
    return { value: Math.max(0, merged.value + byHand(cells)), rows: merged.rows, corrected }
  }
  const lost = corrected.reduce((sum, row) => sum + row.amount, 0)
  return { value: Math.max(0, cells.reduce((sum, cell) => sum + cell.value, 0) - lost), rows: kept.flat(), corrected }
}

const byHand = (cells: readonly StoredCell[]) => cells.reduce((sum, cell) => sum + cell.value - cell.system, 0)
