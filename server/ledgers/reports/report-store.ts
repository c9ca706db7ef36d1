import type { Database, Tx } from '../../../database/database.ts'
import type { DetailRow } from './detail-rows.ts'
import type { CellRow } from './evaluate.ts'

export const REPORT_STATES = ['DRAFT', 'SIGNED', 'RETURNED', 'ACCEPTED', 'ISSUED'] as const
export type ReportState = (typeof REPORT_STATES)[number]

/** A correction by hand: it never changes facts, only what the report says. */
export interface Override {
  readonly unitId: string
  readonly period: string
  readonly column: string
  readonly old: number
  readonly value: number
  readonly reason: string
  readonly personId: string
  readonly at: number
}

export interface Comment {
  readonly unitId: string
  readonly period: string
  readonly column: string
  readonly words: string
  readonly personId: string
  readonly at: number
}

/** A cell as a snapshot stores it: value in force, the system's value, the rows, and the correction if there is one. */
export interface SnapshotCell {
  readonly value: number
  readonly system: number
  readonly rows: readonly CellRow[]
  readonly override: Override | null
}
export type SnapshotCells = Readonly<Record<string, SnapshotCell>>

/** One version of a unit's report of a period. `frozenAt` is set while it is a snapshot (signed, accepted, issued). */
export interface ReportVersion {
  readonly id: string
  readonly unitId: string
  readonly period: string
  readonly version: number
  readonly state: ReportState
  readonly definitionVersion: number
  readonly frozenAt: number | null
  readonly cells: SnapshotCells | null
  readonly ownCells: SnapshotCells | null
  readonly details: readonly DetailRow[] | null
  /** Ids of the unit's facts that were there at the freeze: one that committed meanwhile with an earlier time goes to the next period. */
  readonly seen: readonly string[] | null
  /** Towns whose figures the office issued without their signature (未经镇确认). */
  readonly unconfirmed: readonly string[]
  readonly filledBy: string | null
  readonly signedBy: string | null
  readonly signedAt: number | null
  readonly decidedBy: string | null
  readonly decidedAt: number | null
}

interface VersionRow {
  report_version_id: string
  unit_id: string
  period: string
  version: number
  state: ReportState
  definition_version: number
  frozen_at: number | null
  cells: string | null
  own_cells: string | null
  details: string | null
  seen: string | null
  unconfirmed: string | null
  filled_by: string | null
  signed_by: string | null
  signed_at: number | null
  decided_by: string | null
  decided_at: number | null
}

/** Everything written about one report of a county. */
export interface ReportEntries {
  readonly versions: readonly ReportVersion[]
  readonly overrides: readonly Override[]
  readonly comments: readonly Comment[]
}

export async function readReportEntries(database: Database, countyCode: string, reportId: string): Promise<ReportEntries> {
  const of = [countyCode, reportId]
  const versions = await database.query<VersionRow>(
    `select report_version_id, unit_id, period, version, state, definition_version, frozen_at, cells, own_cells, details, seen, unconfirmed, filled_by,
      signed_by, signed_at, decided_by, decided_at
    from report_version where county_code = ? and report_id = ? order by unit_id, period, version`,
    of,
  )
  const overrides = await database.query<{
    unit_id: string
    period: string
    column_key: string
    old_value: number
    new_value: number
    reason: string
    person_id: string
    at: number
  }>(
    `select unit_id, period, column_key, old_value, new_value, reason, person_id, at
    from report_override where county_code = ? and report_id = ? and ended_at is null order by at`,
    of,
  )
  const comments = await database.query<{
    unit_id: string
    period: string
    column_key: string
    words: string
    person_id: string
    at: number
  }>(
    `select unit_id, period, column_key, words, person_id, at
    from report_comment where county_code = ? and report_id = ? and ended_at is null order by at`,
    of,
  )
  return {
    versions: versions.map(versionOf),
    overrides: overrides.map((row) => ({
      unitId: row.unit_id,
      period: row.period,
      column: row.column_key,
      old: Number(row.old_value),
      value: Number(row.new_value),
      reason: row.reason,
      personId: row.person_id,
      at: Number(row.at),
    })),
    comments: comments.map((row) => ({
      unitId: row.unit_id,
      period: row.period,
      column: row.column_key,
      words: row.words,
      personId: row.person_id,
      at: Number(row.at),
    })),
  }
}

function versionOf(row: VersionRow): ReportVersion {
  const read = <T>(text: string | null) => (text === null ? null : (JSON.parse(text) as T))
  const at = (value: number | null) => (value === null ? null : Number(value))
  return {
    id: row.report_version_id,
    unitId: row.unit_id,
    period: row.period,
    version: Number(row.version),
    state: row.state,
    definitionVersion: Number(row.definition_version),
    frozenAt: at(row.frozen_at),
    cells: read<SnapshotCells>(row.cells),
    ownCells: read<SnapshotCells>(row.own_cells),
    details: read<DetailRow[]>(row.details),
    seen: read<string[]>(row.seen),
    unconfirmed: read<string[]>(row.unconfirmed) ?? [],
    filledBy: row.filled_by,
    signedBy: row.signed_by,
    signedAt: at(row.signed_at),
    decidedBy: row.decided_by,
    decidedAt: at(row.decided_at),
  }
}

/** Writes a version whole: a new row, or over the one with its id. */
export async function writeVersion(tx: Tx, countyCode: string, reportId: string, version: ReportVersion, known: boolean): Promise<void> {
  const values = [
    version.state,
    version.definitionVersion,
    version.frozenAt,
    version.cells && JSON.stringify(version.cells),
    version.ownCells && JSON.stringify(version.ownCells),
    version.details && JSON.stringify(version.details),
    version.seen && JSON.stringify(version.seen),
    JSON.stringify(version.unconfirmed),
    version.filledBy,
    version.signedBy,
    version.signedAt,
    version.decidedBy,
    version.decidedAt,
  ]
  if (known) {
    await tx.query(
      `update report_version set state = ?, definition_version = ?, frozen_at = ?, cells = ?, own_cells = ?, details = ?, seen = ?, unconfirmed = ?,
        filled_by = ?, signed_by = ?, signed_at = ?, decided_by = ?, decided_at = ?
      where report_version_id = ?`,
      [...values, version.id],
    )
    return
  }
  await tx.query(
    `insert into report_version (state, definition_version, frozen_at, cells, own_cells, details, seen, unconfirmed, filled_by, signed_by, signed_at,
      decided_by, decided_at, report_version_id, county_code, report_id, unit_id, period, version)
    values (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)`,
    [...values, version.id, countyCode, reportId, version.unitId, version.period, version.version],
  )
}

/** Ends what was said about a unit's period: its comments, or the correction of one column. */
export async function endEntries(
  tx: Tx,
  table: 'report_override' | 'report_comment',
  of: { countyCode: string; reportId: string; unitId: string; period: string; column?: string },
  at: number,
): Promise<void> {
  const column = of.column === undefined ? [] : [of.column]
  await tx.query(
    `update ${table} set ended_at = ? where county_code = ? and report_id = ? and unit_id = ? and period = ? and ended_at is null
    ${column.length ? 'and column_key = ?' : ''}`,
    [at, of.countyCode, of.reportId, of.unitId, of.period, ...column],
  )
}
