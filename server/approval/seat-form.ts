import type { Actor } from '../identity/actor.ts'
import type { RecordRow } from '../records/index.ts'
import { isLastSeat, readCaseFile } from './case-file.ts'
import type { ApprovalParts } from './deps.ts'
import type { OpenForm } from './form-gate.ts'
import { pinnedForms } from './open-run.ts'
import type { Run, Seat } from './run.ts'
import { serverValues } from './server-values.ts'

/** The form of a seat with what is stored, as this person may see and write it. Null: the node has none. */
export type OpenSeatForm = (run: Run, seat: Seat, outcome?: string) => Promise<OpenForm | null>

/** Opens forms of one record for one person; what all of them need is read once. */
export async function seatFormsOf(parts: ApprovalParts, actor: Actor, record: RecordRow): Promise<OpenSeatForm> {
  const { gate, procedures, runs, organisation, clock } = parts
  const { people, places } = organisation
  const file = await readCaseFile(parts, record)
  const [principal] =
    record.enterpriseId === null ? [] : await people.holdersOf(record.countyCode, 'ENT_PRINCIPAL', { enterpriseId: record.enterpriseId })
  const town = record.townId === null ? null : await places.unit(record.countyCode, record.townId)
  const surroundings = await gate.surroundings(actor, record.enterpriseId)
  const versionsByRoot = new Map<string, Awaited<ReturnType<typeof pinnedForms>>>()
  const versionsOf = async (rootInstanceId: string) => {
    if (!versionsByRoot.has(rootInstanceId)) versionsByRoot.set(rootInstanceId, await pinnedForms(parts, rootInstanceId))
    return versionsByRoot.get(rootInstanceId) ?? null
  }

  return async (run, seat, outcome) => {
    if (run.policy.form === undefined) return null
    const procedure = await procedures.byDefinition(run.definitionId)
    const seats = run.policy.mode === 'SINGLE' ? [seat] : await runs.seatsOf([run.id])
    const server = serverValues(record, {
      personId: actor.personId,
      now: clock.now(),
      nodeId: run.nodeId,
      procedureId: run.procedureId,
      hazards: file.hazards,
      isDualDone: file.dualReports.some((report) => report.data['round'] === 1 && report.status === 'DONE'),
      levels: seats.length,
      level: seat.ordinal,
      unitName: town?.name ?? '县局本级',
      principalId: principal?.personId ?? null,
      seatUnitId: surroundings.holdings[0]?.unitId ?? null,
    })
    const open = await gate.open(actor, {
      countyCode: run.countyCode,
      setting: run.policy,
      nodeId: run.nodeId,
      isFirstNode: procedure?.model.firstNode === run.nodeId,
      isLastSeat: isLastSeat(run, seat, seats),
      versions: await versionsOf(run.rootInstanceId),
      record,
      server,
      surroundings,
      ...(outcome === undefined ? {} : { outcome }),
    })
    if (!open || run.policy.form !== 'selfCheckSheet' || file.hazards.length === 0) return open
    const hazards = file.hazards.map((hazard) => ({ ...hazard.data, hazardNo: hazard.number, level: hazard.level }))
    return { ...open, stored: { ...open.stored, hazards } }
  }
}
