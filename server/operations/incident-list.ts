import type { Operations } from '../../contracts/api/admin.ts'
import type { IncidentInfo, ProcessEngine } from '../../engine/process-engine.ts'
import type { Approval } from '../approval/index.ts'
import type { Audit } from '../audit/index.ts'
import type { Organisation } from '../organisation/index.ts'
import { type Procedures, readModel } from '../procedures/index.ts'
import type { RecordRow, Records } from '../records/index.ts'

export type Incident = Operations['incidents'][number]

export interface IncidentParts {
  readonly engine: ProcessEngine
  readonly records: Records
  readonly organisation: Organisation
  readonly procedures: Pick<Procedures, 'byDefinition'>
  readonly audit: Audit
  readonly approval: Pick<Approval, 'heldSeats'>
}

/** Kinds that can be given up: nothing in the engine waits for them. */
const BORDER = ['failedCall', 'failedEvent']
export const canGiveUp = (type: string): boolean => BORDER.includes(type)

/** The engine gives the wrapper of a multi-instance activity a node of its own. */
const MULTI_INSTANCE_BODY = '#multiInstanceBody'

const ACTIONS: Readonly<Record<string, Incident['trace'][number]['action']>> = {
  'incident.retried': 'retried',
  'incident.noted': 'noted',
}

/** What an incident is called in the audit. */
export const incidentSubject = (incidentId: string) => `incident:${incidentId}`

/** The county's incidents as an administrator reads them: nodes and procedures by name, with what was done about each. */
export function makeIncidentList(parts: IncidentParts): (countyCode: string) => Promise<readonly Incident[]> {
  const { engine, records, approval } = parts

  const ofEngine = async (countyCode: string, incident: IncidentInfo, isAway: boolean): Promise<Omit<Incident, 'trace'>> => {
    const instance = incident.processInstanceId === null || isAway ? null : await engine.history.instance(incident.processInstanceId)
    const record = instance?.businessKey ? await recordByKey(countyCode, instance.businessKey) : null
    return {
      id: incident.id,
      type: incident.type,
      message: incident.message ?? '',
      activityId: incident.activityId ?? '',
      ...(await namesIn(instance?.definitionId ?? null, incident.activityId ?? '')),
      ...ofRecord(record),
      at: incident.at,
      canGiveUp: canGiveUp(incident.type),
    }
  }
  const recordByKey = async (countyCode: string, key: string) => {
    const record = (await records.store.byId(key)) ?? (await records.store.byNumber(countyCode, key))
    return record?.countyCode === countyCode ? record : null
  }
  const namesIn = async (definitionId: string | null, activityId: string) => {
    const procedure = definitionId === null ? null : await parts.procedures.byDefinition(definitionId)
    const model = procedure?.model ?? (await deployedModel(definitionId))
    return {
      nodeName: model?.nodes.get(activityId.replace(MULTI_INSTANCE_BODY, ''))?.name ?? activityId,
      procedureTitle: procedure?.title ?? model?.name ?? '',
    }
  }
  /** A model that is no procedure of ours; null when the engine no longer has it. */
  const deployedModel = async (definitionId: string | null) =>
    definitionId !== null && (await engine.definitions.byId(definitionId)) ? readModel(await engine.definitions.xml(definitionId)) : null
  const traceOf = async (countyCode: string, incidentId: string): Promise<Incident['trace']> => {
    const events = await parts.audit.list(countyCode, { subject: incidentSubject(incidentId), limit: 20 })
    const people = await parts.organisation.people.peopleByIds(
      countyCode,
      events.flatMap((event) => event.personId ?? []),
    )
    return events.flatMap(({ at, personId, action, data }) => {
      const done = ACTIONS[action]
      const text = typeof data['text'] === 'string' ? data['text'] : ''
      return done ? [{ at, personName: (personId && people.get(personId)?.name) || '', action: done, text }] : []
    })
  }

  return async (countyCode) => {
    const held = await Promise.all(
      (await approval.heldSeats(countyCode)).map(async (seat) => ({
        id: seat.id,
        type: 'heldSeat',
        message: seat.why,
        activityId: seat.nodeId,
        nodeName: seat.nodeName,
        procedureTitle: (await parts.procedures.byDefinition(seat.definitionId))?.title ?? '',
        ...ofRecord(await records.store.byId(seat.recordId)),
        at: seat.since,
        canGiveUp: false,
      })),
    )
    const found = await engine.incidents.list({ tenantId: countyCode })
    // Without it, what is known here is shown as it is.
    const isAway = found.some((incident) => incident.type === 'engineAway')
    const incidents = await Promise.all(found.map((incident) => ofEngine(countyCode, incident, isAway)))
    return Promise.all([...held, ...incidents].map(async (one) => ({ ...one, trace: await traceOf(countyCode, one.id) })))
  }
}

const ofRecord = (record: RecordRow | null) => ({ recordNumber: record?.number ?? null, recordTitle: record?.title ?? '' })
