import type { NodeSetting } from '../../contracts/bpmn-extension.ts'
import type { RecordRow } from '../records/index.ts'
import type { ApprovalParts } from './deps.ts'
import type { Run, Seat } from './run.ts'

/** A record with those that belong to it. */
export interface CaseFile {
  readonly record: RecordRow
  /** The check in which a hazard was found. */
  readonly origin: RecordRow | null
  readonly hazards: readonly RecordRow[]
  readonly listings: readonly RecordRow[]
  readonly dualReports: readonly RecordRow[]
  /** By which a hazard was made void after its confirmation. */
  readonly voiding: RecordRow | null
}

/** Reads a record and its links. Void hazards are left out. */
export async function readCaseFile({ records }: ApprovalParts, record: RecordRow): Promise<CaseFile> {
  const links = await records.trail.linked(record.id)
  const rows = await Promise.all(links.map(async (link) => ({ link, row: await records.store.byId(link.recordId) })))
  const of = (kind: string, direction: 'to' | 'from') =>
    rows.flatMap(({ link, row }) => (row && link.kind === kind && link.direction === direction ? [row] : []))
  return {
    record,
    origin: of('found', 'from')[0] ?? null,
    hazards: of('found', 'to')
      .filter((hazard) => hazard.status !== 'VOID')
      .sort((a, b) => (a.number < b.number ? -1 : 1)),
    listings: of('listed', 'to'),
    dualReports: of('reported', 'to'),
    voiding: of('corrects', 'from').find((voiding) => voiding.status === 'FINISHED') ?? null,
  }
}

/** The record that an instance is about: its business key is the record's number. */
export async function recordOfInstance({ records }: ApprovalParts, countyCode: string, businessKey: string | null): Promise<RecordRow> {
  const record = businessKey === null ? null : await records.store.byNumber(countyCode, businessKey)
  if (!record) throw new Error(`no record ${businessKey} in county ${countyCode}`)
  return record
}

/** Nodes whose deciders did the work on the hazard: they never judge it. */
const RECTIFYING = ['rectify', 'plan', 'apply']

/**
 * Who may not sit at this node: deciders of the nodes it must differ from, over the record's whole life, and on checking nodes the
 * finder and the rectifiers (approval.md §10).
 */
export async function excludedPeople(parts: ApprovalParts, file: CaseFile, setting: NodeSetting): Promise<ReadonlySet<string>> {
  const isChecking = setting.statutory === 'checks'
  const excluded = new Set<string>()
  if (isChecking)
    for (const key of ['foundBy', 'registeredBy']) {
      const value = file.record.data[key]
      if (typeof value === 'string') excluded.add(value)
    }
  const nodes = new Set([...setting.distinctFrom, ...(isChecking && file.record.kind === 'hazard' ? RECTIFYING : [])])
  if (nodes.size === 0) return excluded
  const runs = (await parts.runs.ofRecords([file.record.id, ...(file.origin ? [file.origin.id] : [])])).filter((run) =>
    nodes.has(run.nodeId),
  )
  for (const seat of await parts.runs.seatsOf(runs.map((run) => run.id))) if (seat.doneBy !== null) excluded.add(seat.doneBy)
  return excluded
}

/** Whether this person may act on the seat now: by name, or by holding its position today. */
export async function maySit({ organisation }: ApprovalParts, seat: Seat, personId: string): Promise<boolean> {
  if (seat.personId !== null) return seat.personId === personId
  if (seat.positionKey === null || seat.excluded.includes(personId)) return false
  const holdings = await organisation.people.holdingsOf(seat.countyCode, personId)
  return holdings.some(
    (holding) =>
      holding.position === seat.positionKey &&
      (seat.townId === null || holding.townId === seat.townId) &&
      (seat.enterpriseId === null || holding.enterpriseId === seat.enterpriseId),
  )
}

/** People who may act on the seat now. */
export async function sittersOf(
  { organisation }: ApprovalParts,
  seat: Seat,
): Promise<readonly { id: string; name: string; post: string }[]> {
  if (seat.personId !== null) {
    const person = await organisation.people.personById(seat.countyCode, seat.personId)
    const [holding] = await organisation.people.holdingsOf(seat.countyCode, seat.personId)
    return person ? [{ id: person.id, name: person.name, post: holding ? `${holding.placeName}` : '' }] : []
  }
  if (seat.positionKey === null) return []
  const holders = await organisation.people.holdersOf(seat.countyCode, seat.positionKey as 'ENT_PRINCIPAL', {
    townId: seat.townId,
    enterpriseId: seat.enterpriseId,
  })
  return holders
    .filter((holding) => !seat.excluded.includes(holding.personId))
    .map((holding) => ({ id: holding.personId, name: holding.personName, post: holding.placeName }))
}

export function isLastSeat(run: Run, seat: Seat, seats: readonly Seat[]): boolean {
  return run.policy.mode !== 'SEQ' || seat.ordinal === Math.max(...seats.map((one) => one.ordinal))
}
