import type { Campaign } from '../campaign.ts'
import type { Fact } from '../fact.ts'
import { type DetailRow, detailRows, type HazardText } from './detail-rows.ts'
import { type CellRow, evaluate, voidedAt } from './evaluate.ts'
import { intervalOf, type Period, periodsOf } from './period.ts'
import { type FigureColumn, figureColumns, type ReportDefinition } from './report-definition.ts'
import type { Comment, Override, ReportEntries, ReportVersion, SnapshotCell, SnapshotCells } from './report-store.ts'
import { cumulate, rollUp } from './totals.ts'

export interface ReportBookParts {
  readonly definition: ReportDefinition
  readonly campaign: Campaign
  readonly facts: readonly Fact[]
  readonly entries: ReportEntries
  /** Towns of the county, in order. */
  readonly townIds: readonly string[]
  /** epoch ms */
  readonly now: number
}

/** 累计 of one cell; `corrected` are the rows that left it because their hazard became void after the freeze. */
export interface Total {
  readonly value: number
  readonly rows: readonly CellRow[]
  readonly corrected: readonly CellRow[]
}

/** All units and periods of one report at one moment: snapshots where there are, else counted from the facts. Pure. */
export class ReportBook {
  readonly periods: readonly Period[]
  readonly columns: readonly FigureColumn[]
  readonly voided: ReadonlySet<string>
  private readonly parts: ReportBookParts
  private readonly factsByUnit = new Map<string, Fact[]>()
  private readonly cache = new Map<string, SnapshotCells>()

  constructor(parts: ReportBookParts) {
    this.parts = parts
    this.periods = periodsOf(parts.campaign)
    this.columns = figureColumns(parts.definition)
    this.voided = voidedAt(parts.facts, parts.now)
    for (const fact of parts.facts) {
      const own = this.factsByUnit.get(fact.unitId)
      if (own) own.push(fact)
      else this.factsByUnit.set(fact.unitId, [fact])
    }
  }

  period(id: string): Period | null {
    return this.periods.find((period) => period.id === id) ?? null
  }

  /** The latest version of a unit's period; null while nothing was written: a first draft. */
  version(unitId: string, period: Period): ReportVersion | null {
    return this.versions(unitId, period).at(-1) ?? null
  }

  versions(unitId: string, period: Period): readonly ReportVersion[] {
    return this.parts.entries.versions.filter((version) => version.unitId === unitId && version.period === period.id)
  }

  isFrozen(unitId: string, period: Period): boolean {
    return (this.version(unitId, period)?.frozenAt ?? null) !== null
  }

  override(unitId: string, period: Period, column: string): Override | null {
    return (
      this.parts.entries.overrides.findLast((one) => one.unitId === unitId && one.period === period.id && one.column === column) ?? null
    )
  }

  comment(unitId: string, period: Period, column: string): Comment | null {
    return this.parts.entries.comments.findLast((one) => one.unitId === unitId && one.period === period.id && one.column === column) ?? null
  }

  /** The period row of a unit: its snapshot, or the draft. The county's unit is its code. */
  cells(unitId: string, period: Period): SnapshotCells {
    return this.remembered(`cells ${unitId} ${period.id}`, () => {
      const version = this.version(unitId, period)
      if (version?.frozenAt && version.cells) return version.cells
      return unitId === this.parts.definition.countyCode ? this.countyDraft(period) : this.counted(unitId, period)
    })
  }

  /** What 县局本级 reports itself; columns that it cannot own are missing. */
  ownCells(period: Period): SnapshotCells {
    const { countyCode } = this.parts.definition
    const version = this.version(countyCode, period)
    if (version?.frozenAt && version.ownCells) return version.ownCells
    const counted = this.remembered(`own ${period.id}`, () => this.counted(countyCode, period, false))
    return Object.fromEntries(
      this.columns
        .filter((column) => column.countyOwns || counted[column.key]!.rows.length > 0)
        .map((column) => [column.key, counted[column.key]!]),
    )
  }

  /** 累计 of a unit from the first period to this one. */
  total(unitId: string, period: Period, column: FigureColumn): Total {
    const parts = this.periods
      .slice(0, period.index + 1)
      .map((one) => ({ cell: this.cells(unitId, one)[column.key] ?? NO_CELL, frozen: this.isFrozen(unitId, one) }))
    return cumulate(column, parts, this.voided)
  }

  /** 累计 of 县局本级. */
  ownTotal(period: Period, column: FigureColumn): Total {
    const { countyCode } = this.parts.definition
    const parts = this.periods
      .slice(0, period.index + 1)
      .map((one) => ({ cell: this.ownCells(one)[column.key] ?? NO_CELL, frozen: this.isFrozen(countyCode, one) }))
    return cumulate(column, parts, this.voided)
  }

  /** The records that F19 of the unit may name. */
  confirmedRecords(unitId: string): readonly string[] {
    return this.factsOf(unitId).flatMap((fact) => (fact.type === 'hazard.confirmed' && fact.recordId ? [fact.recordId] : []))
  }

  /** F19 of a unit up to the end of the period. */
  details(unitId: string, period: Period, texts: ReadonlyMap<string, HazardText>): readonly DetailRow[] {
    const version = this.version(unitId, period)
    if (version?.frozenAt && version.details) return version.details
    return detailRows(this.factsOf(unitId), this.interval(unitId, period).to, this.voided, texts)
  }

  /** Major hazards reported by a principal and neither confirmed nor refused yet: counted nowhere (待确认 n). */
  pendingConfirmation(unitId: string, period: Period): number {
    const { to } = this.interval(unitId, period)
    const pending = new Set<string>()
    for (const fact of this.factsOf(unitId)) {
      if (fact.recordId === null || fact.countedAt >= to) continue
      if (fact.type === 'hazard.reported' || (fact.type === 'hazard.signed' && fact.attributes.level === 'SUSPECTED_MAJOR'))
        pending.add(fact.recordId)
      else if (DECIDED.has(fact.type)) pending.delete(fact.recordId)
    }
    return pending.size
  }

  /** All facts of a town, or of the whole county. */
  factsOf(unitId: string): readonly Fact[] {
    return unitId === this.parts.definition.countyCode ? this.parts.facts : (this.factsByUnit.get(unitId) ?? [])
  }

  /** The facts that a unit's period counts: those of its interval, and what the snapshots just before it could not see yet. */
  factsIn(unitId: string, period: Period): readonly Fact[] {
    const { from, to } = this.interval(unitId, period)
    const seen = new Set<string>()
    let since = from
    for (let i = period.index - 1; i >= 0; i--) {
      const frozen = this.versions(unitId, this.periods[i]!).findLast((version) => version.frozenAt !== null)
      if (!frozen) break
      since = this.interval(unitId, this.periods[i]!).from
      for (const id of frozen.seen ?? []) seen.add(id)
    }
    const own = this.factsByUnit.get(unitId) ?? []
    return own.filter((fact) => fact.countedAt < to && fact.countedAt >= since && (fact.countedAt >= from || !seen.has(fact.id)))
  }

  interval(unitId: string, period: Period) {
    const frozenAt = new Map<string, number>()
    for (const version of this.parts.entries.versions) {
      if (version.unitId !== unitId || version.frozenAt === null) continue
      frozenAt.set(version.period, Math.min(version.frozenAt, frozenAt.get(version.period) ?? Number.MAX_SAFE_INTEGER))
    }
    return intervalOf(this.periods, period, frozenAt)
  }

  private countyDraft(period: Period): SnapshotCells {
    const own = this.ownCells(period)
    const towns = this.parts.townIds.map((townId) => this.cells(townId, period))
    const { countyCode } = this.parts.definition
    return Object.fromEntries(
      this.columns.map((column) => {
        const parts = [own[column.key], ...towns.map((cells) => cells[column.key])].filter((cell) => cell !== undefined)
        return [column.key, this.withOverride(countyCode, period, column, rollUp(column, parts))]
      }),
    )
  }

  private counted(unitId: string, period: Period, corrected = true): SnapshotCells {
    const { definition, campaign } = this.parts
    const figures = evaluate(definition, campaign, this.factsIn(unitId, period), EVER, this.voided)
    return Object.fromEntries(
      this.columns.map((column) => {
        const { value, rows } = figures[column.key]!
        const cell = { system: value, value, rows, override: null }
        return [column.key, corrected ? this.withOverride(unitId, period, column, cell) : cell]
      }),
    )
  }

  private withOverride(unitId: string, period: Period, column: FigureColumn, cell: Omit<SnapshotCell, 'override'>): SnapshotCell {
    const override = this.override(unitId, period, column.key)
    return { ...cell, value: override?.value ?? cell.value, override }
  }

  private remembered(key: string, compute: () => SnapshotCells): SnapshotCells {
    const known = this.cache.get(key)
    if (known) return known
    const cells = compute()
    this.cache.set(key, cells)
    return cells
  }
}

const EVER = { from: Number.MIN_SAFE_INTEGER, to: Number.MAX_SAFE_INTEGER }
const NO_CELL: SnapshotCell = { value: 0, system: 0, rows: [], override: null }
const DECIDED: ReadonlySet<string> = new Set(['hazard.confirmed', 'hazard.downgraded', 'hazard.voided'])
