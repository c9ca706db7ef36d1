import { z } from 'zod'
import { incidentNote, type Operations, operations } from '../../contracts/api/admin.ts'
import { TOPICS } from '../../contracts/external-topics.ts'
import type { IncidentInfo, ProcessEngine } from '../../engine/process-engine.ts'
import type { Approval } from '../approval/index.ts'
import type { Audit } from '../audit/index.ts'
import { Refusal } from '../http/problem.ts'
import { type Route, route } from '../http/route.ts'
import type { Actor } from '../identity/actor.ts'
import type { Organisation } from '../organisation/index.ts'
import type { Procedures } from '../procedures/index.ts'
import type { Records } from '../records/index.ts'
import { auditRoute } from './audit-route.ts'
import { canGiveUp, incidentSubject, makeIncidentList } from './incident-list.ts'
import { settingsRoutes } from './settings-routes.ts'

export interface OperationsDeps {
  readonly engine: ProcessEngine
  readonly records: Records
  readonly organisation: Organisation
  readonly procedures: Pick<Procedures, 'byDefinition'>
  readonly audit: Audit
  readonly approval: Pick<Approval, 'heldSeats' | 'runDeadlines'>
  /** When a worker last asked for tasks, by the county's clock; null: never since the start. */
  readonly workersSeenAt: () => number | null
}

type Traced = Pick<IncidentInfo, 'id' | 'type' | 'activityId'> & { readonly message?: string | null }

/** How long a retry waits for another server's answer, in ms. */
const PATIENCE_MS = 5_000

/** What an administrator watches and puts right: what runs, what failed, whether the workers are there. */
export interface OperationsDesk {
  overview(countyCode: string): Promise<Operations>
  /**
   * Tries the failed job or external task again, or looks again for somebody to fill a held seat. `not-found` when there is no such
   * incident in the county; `blocked` while still nobody may fill the seat, or when
   * another server's engine refuses again.
   */
  retry(actor: Actor, incidentId: string): Promise<void>
  /** Writes down what somebody found out or did about it. */
  note(actor: Actor, incidentId: string, text: string): Promise<void>
  /** Takes a call to, or an event from, another server's engine from the list for good; `blocked` for what the engine itself waits for. */
  giveUp(actor: Actor, incidentId: string, text: string): Promise<void>
  readonly routes: readonly Route[]
}

export function makeOperations({
  engine,
  records,
  organisation,
  procedures,
  audit,
  approval,
  workersSeenAt,
}: OperationsDeps): OperationsDesk {
  const titleOf = async (key: string, countyCode: string) => {
    const definition = (await engine.definitions.latestByKey(key, countyCode)) ?? (await engine.definitions.latestByKey(key, null))
    return definition?.name ?? key
  }
  const incidentsOf = makeIncidentList({ engine, records, organisation, procedures, audit, approval })

  const found = async (actor: Actor, incidentId: string) =>
    (await engine.incidents.list({ tenantId: actor.countyCode })).find((it) => it.id === incidentId)
  const ofCounty = async (actor: Actor, incidentId: string) => {
    const incident = await found(actor, incidentId)
    if (!incident) throw new Refusal('not-found')
    return incident
  }
  const trace = (actor: Actor, action: string, { id, type, activityId, message }: Traced, text?: string) =>
    audit.append(actor, {
      action,
      subject: incidentSubject(id),
      data: { type, activityId, ...(text !== undefined && { text, message }) },
    })

  const desk: Omit<OperationsDesk, 'routes'> = {
    async overview(countyCode) {
      const incidents = await incidentsOf(countyCode)
      const isAway = incidents.some(({ type }) => type === 'engineAway')
      const instances = isAway ? [] : await engine.instances.list({ tenantId: countyCode })
      const counts = new Map<string, number>()
      for (const { definitionKey, ended } of instances) if (!ended) counts.set(definitionKey, (counts.get(definitionKey) ?? 0) + 1)
      const running = await Promise.all(
        [...counts].map(async ([key, count]) => ({ definitionKey: key, title: await titleOf(key, countyCode), count })),
      )
      const lastSeenAt = workersSeenAt()
      return {
        running,
        incidents: [...incidents],
        workers: TOPICS.map((topic) => ({ topic, lastSeenAt })),
      }
    },

    async retry(actor, incidentId) {
      const isHeld = async () => (await approval.heldSeats(actor.countyCode)).some((seat) => seat.id === incidentId)
      if (await isHeld()) {
        await approval.runDeadlines()
        if (await isHeld()) throw new Refusal('blocked', { detail: '仍然找不到可以办理的人，请先任命人员或调整设置' })
        return
      }
      const incident = await ofCounty(actor, incidentId)
      if (incident.jobOrTaskId === null) throw new Refusal('not-found')
      if (incident.type === 'failedExternalTask') await engine.externalTasks.setRetries(incident.jobOrTaskId, 3)
      else await engine.jobs.setRetries(incident.jobOrTaskId, 3)
      await trace(actor, 'incident.retried', incident)
      // What another server's engine says is known a moment later; without it the page would say "done" to a second refusal.
      await engine.caughtUp(PATIENCE_MS)
      if (engine.kind === 'remote' && (await found(actor, incidentId)))
        throw new Refusal('blocked', { detail: '又试了一次，还是没有成功，原因见技术信息' })
    },

    async note(actor, incidentId, text) {
      const seat = (await approval.heldSeats(actor.countyCode)).find((one) => one.id === incidentId)
      await trace(
        actor,
        'incident.noted',
        seat ? { id: seat.id, type: 'heldSeat', activityId: seat.nodeId } : await ofCounty(actor, incidentId),
        text,
      )
    },

    async giveUp(actor, incidentId, text) {
      const incident = await ofCounty(actor, incidentId)
      if (!canGiveUp(incident.type)) throw new Refusal('blocked', { detail: '流程还停在这一步，不能放弃' })
      await engine.incidents.resolve(incidentId)
      await trace(actor, 'incident.given-up', incident, text)
    },
  }

  return {
    ...desk,
    routes: [
      ...settingsRoutes({ organisation, audit }),
      auditRoute({ organisation, audit }),
      route({
        method: 'get',
        path: '/admin/operations',
        summary: 'What runs, what failed, which workers are there',
        access: 'admin.operations',
        answer: operations,
        handle: ({ actor }) => desk.overview(actor.countyCode),
      }),
      route({
        method: 'post',
        path: '/admin/operations/incidents/:id/retry',
        summary: 'Try a failed job, external task, call or event again',
        access: 'admin.operations',
        body: z.unknown(),
        handle: ({ actor, params }) => desk.retry(actor, params.id ?? ''),
      }),
      route({
        method: 'post',
        path: '/admin/operations/incidents/:id/note',
        summary: 'Write down what was found out about an incident',
        access: 'admin.operations',
        body: incidentNote,
        handle: ({ actor, params, body }) => desk.note(actor, params.id ?? '', body.text),
      }),
      route({
        method: 'post',
        path: '/admin/operations/incidents/:id/give-up',
        summary: "Give up a call to, or an event from, another server's engine",
        access: 'admin.operations',
        body: incidentNote,
        handle: ({ actor, params, body }) => desk.giveUp(actor, params.id ?? '', body.text),
      }),
    ],
  }
}
