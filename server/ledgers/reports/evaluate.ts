import type { Campaign } from '../campaign.ts'
import type { Fact, FactValue } from '../fact.ts'
import type { Interval } from './period.ts'
import { type FactFilter, type FigureColumn, figureColumns, type ReportDefinition } from './report-definition.ts'

/** One row behind a cell. `id` is what makes it distinct: the fact, the record or the enterprise. */
export interface CellRow {
  readonly id: string
  readonly factId: string
  readonly recordId: string | null
  /** What it adds to the cell: 1, a count, or fen. */
  readonly amount: number
}

/** The rows behind a cell and what they come to. */
export interface Cell {
  readonly value: number
  readonly rows: readonly CellRow[]
}
export type Figures = Readonly<Record<string, Cell>>

/** Counts the facts of one unit in one interval, column by column. Pure. */
export function evaluate(
  definition: ReportDefinition,
  campaign: Campaign,
  facts: readonly Fact[],
  interval: Interval,
  voided: ReadonlySet<string>,
): Figures {
  const byType = new Map<string, Fact[]>()
  for (const fact of facts) {
    if (fact.countedAt < interval.from || fact.countedAt >= interval.to || fact.campaignId !== definition.campaignId) continue
    const list = byType.get(fact.type)
    if (list) list.push(fact)
    else byType.set(fact.type, [fact])
  }
  const figures: Record<string, Cell> = {}
  for (const column of figureColumns(definition)) figures[column.key] = cellOf(column, rowsOf(column, campaign, byType, voided))
  return figures
}

/** The rows of a cell from several units or periods: each id once. */
export function union(column: FigureColumn, parts: readonly (readonly CellRow[])[]): Cell {
  const rows = new Map<string, CellRow>()
  for (const part of parts) for (const row of part) if (!rows.has(row.id)) rows.set(row.id, row)
  return cellOf(column, [...rows.values()])
}

/** Hazards that were made void: their `hazard.voided` lies before `at`. */
export function voidedAt(facts: readonly Fact[], at: number): ReadonlySet<string> {
  const voided = new Set<string>()
  for (const fact of facts) {
    if (fact.type === 'hazard.voided' && fact.countedAt <= at && fact.recordId !== null) voided.add(fact.recordId)
  }
  return voided
}

function cellOf(column: FigureColumn, rows: readonly CellRow[]): Cell {
  return { value: column.kind === 'distinct' ? rows.length : rows.reduce((sum, row) => sum + row.amount, 0), rows }
}

function rowsOf(
  column: FigureColumn,
  campaign: Campaign,
  byType: ReadonlyMap<string, readonly Fact[]>,
  voided: ReadonlySet<string>,
): readonly CellRow[] {
  const rows = new Map<string, CellRow>()
  for (const filter of column.facts) {
    for (const fact of byType.get(filter.type) ?? []) {
      const id = rowId(column, fact)
      if (id === null || rows.has(id) || !passes(filter, campaign, fact)) continue
      if (column.exceptVoid && fact.recordId !== null && voided.has(fact.recordId)) continue
      rows.set(id, { id, factId: fact.id, recordId: fact.recordId, amount: amountOf(column, fact) })
    }
  }
  return [...rows.values()]
}

function rowId(column: FigureColumn, fact: Fact): string | null {
  if (column.rowId === 'fact') return fact.id
  return column.rowId === 'record' ? fact.recordId : fact.enterpriseId
}

function passes(filter: FactFilter, campaign: Campaign, fact: Fact): boolean {
  for (const [name, wanted] of Object.entries(filter.where)) if (!includes(wanted, campaign, fact.attributes[name])) return false
  for (const [name, barred] of Object.entries(filter.unless)) if (includes(barred, campaign, fact.attributes[name])) return false
  return true
}

function includes(values: FactFilter['where'][string], campaign: Campaign, value: FactValue | undefined): boolean {
  if (value === undefined) return false
  if (values === '@countedLayers') return campaign.countedLayers.includes(String(value))
  if (values === '@countedSources') return campaign.countedSources.includes(String(value))
  return values.includes(value)
}

function amountOf(column: FigureColumn, fact: Fact): number {
  if (column.amount === undefined) return 1
  const value = fact.attributes[column.amount]
  if (typeof value === 'number') return value
  return column.kind === 'money' ? 0 : 1
}
