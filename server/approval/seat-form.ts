import type { Actor } from '../identity/actor.ts'
import type { RecordRow } from '../records/index.ts'
import { isLastSeat, readCaseFile } from './case-file.ts'
import type { ApprovalParts } from './deps.ts'
import type { OpenForm } from './form-gate.ts'
import { pinnedForms } from './open-run.ts'
import type { Run, Seat } from './run.ts'
import { serverValues } from './server-values.ts'

/** The form of a seat with what is stored, as this person may see and write it. Null: the node has none. */
export async function openSeatForm(
  parts: ApprovalParts,
  actor: Actor,
  run: Run,
  seat: Seat,
  record: RecordRow,
  outcome?: string,
): Promise<OpenForm | null> {
  if (run.policy.form === undefined) return null
  const { gate, procedures, runs, organisation, clock } = parts
  const procedure = await procedures.byDefinition(run.definitionId)
  const seats = await runs.seatsOf([run.id])
  const file = await readCaseFile(parts, record)
  const { people, places } = organisation
  const [principal] =
    record.enterpriseId === null ? [] : await people.holdersOf(run.countyCode, 'ENT_PRINCIPAL', { enterpriseId: record.enterpriseId })
  const [holding] = await people.holdingsOf(run.countyCode, actor.personId)
  const town = record.townId === null ? null : await places.unit(run.countyCode, record.townId)
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
    seatUnitId: holding?.unitId ?? null,
  })
  const open = await gate.open(actor, {
    countyCode: run.countyCode,
    setting: run.policy,
    nodeId: run.nodeId,
    isFirstNode: procedure?.model.firstNode === run.nodeId,
    isLastSeat: isLastSeat(run, seat, seats),
    versions: await pinnedForms(parts, run.rootInstanceId),
    record,
    server,
    ...(outcome === undefined ? {} : { outcome }),
  })
  if (!open) return null
  return run.policy.form === 'selfCheckSheet' && file.hazards.length > 0
    ? {
        ...open,
        stored: {
          ...open.stored,
          hazards: file.hazards.map((hazard) => ({ ...hazard.data, hazardNo: hazard.number, level: hazard.level })),
        },
      }
    : open
}
