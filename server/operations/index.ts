import { z } from 'zod'
import { type Operations, operations } from '../../contracts/api/admin.ts'
import { TOPICS } from '../../contracts/external-topics.ts'
import type { IncidentInfo, ProcessEngine } from '../../engine/process-engine.ts'
import type { Approval } from '../approval/index.ts'
import type { Audit } from '../audit/index.ts'
import { Refusal } from '../http/problem.ts'
import { type Route, route } from '../http/route.ts'
import type { Actor } from '../identity/actor.ts'
import type { Organisation } from '../organisation/index.ts'
import type { Records } from '../records/index.ts'
import { auditRoute } from './audit-route.ts'
import { settingsRoutes } from './settings-routes.ts'

export interface OperationsDeps {
  readonly engine: ProcessEngine
  readonly records: Records
  readonly organisation: Organisation
  readonly audit: Audit
  readonly approval: Pick<Approval, 'heldSeats' | 'runDeadlines'>
  /** When a worker last asked for tasks, by the county's clock; null: never since the start. */
  readonly workersSeenAt: () => number | null
}

/** What an administrator watches and puts right: what runs, what failed, whether the workers are there. */
export interface OperationsDesk {
  overview(countyCode: string): Promise<Operations>
  /**
   * Tries the failed job or external task again, or looks again for somebody to fill a held seat. `not-found` when there is no such
   * incident in the county; `blocked` while still nobody may fill the seat.
   */
  retry(actor: Actor, incidentId: string): Promise<void>
  readonly routes: readonly Route[]
}

export function makeOperations({ engine, records, organisation, audit, approval, workersSeenAt }: OperationsDeps): OperationsDesk {
  const titleOf = async (key: string, countyCode: string) => {
    const definition = (await engine.definitions.latestByKey(key, countyCode)) ?? (await engine.definitions.latestByKey(key, null))
    return definition?.name ?? key
  }
  const recordNumberOf = async (countyCode: string, incident: IncidentInfo) => {
    if (incident.processInstanceId === null) return null
    const instance = await engine.instances.byId(incident.processInstanceId)
    if (!instance?.businessKey) return null
    const record = (await records.store.byId(instance.businessKey)) ?? (await records.store.byNumber(countyCode, instance.businessKey))
    return record?.countyCode === countyCode ? record.number : null
  }

  const desk: Omit<OperationsDesk, 'routes'> = {
    async overview(countyCode) {
      const instances = await engine.instances.list({ tenantId: countyCode })
      const counts = new Map<string, number>()
      for (const { definitionKey, ended } of instances) if (!ended) counts.set(definitionKey, (counts.get(definitionKey) ?? 0) + 1)
      const running = await Promise.all(
        [...counts].map(async ([key, count]) => ({ definitionKey: key, title: await titleOf(key, countyCode), count })),
      )
      const incidents = await Promise.all(
        (await engine.incidents.list({ tenantId: countyCode })).map(async (incident) => ({
          id: incident.id,
          type: incident.type,
          message: incident.message ?? '',
          activityId: incident.activityId ?? '',
          recordNumber: await recordNumberOf(countyCode, incident),
          at: incident.at,
          jobId: incident.type === 'failedJob' ? incident.jobOrTaskId : null,
        })),
      )
      const held = await Promise.all(
        (await approval.heldSeats(countyCode)).map(async (seat) => ({
          id: seat.id,
          type: 'heldSeat',
          message: `${seat.nodeName}：${seat.why}`,
          activityId: seat.nodeId,
          recordNumber: (await records.store.byId(seat.recordId))?.number ?? null,
          at: seat.since,
          jobId: null,
        })),
      )
      const lastSeenAt = workersSeenAt()
      return { running, incidents: [...held, ...incidents], workers: TOPICS.map((topic) => ({ topic, lastSeenAt })) }
    },

    async retry(actor, incidentId) {
      const isHeld = async () => (await approval.heldSeats(actor.countyCode)).some((seat) => seat.id === incidentId)
      if (await isHeld()) {
        await approval.runDeadlines()
        if (await isHeld()) throw new Refusal('blocked', { detail: '仍然找不到可以办理的人，请先任命人员或调整设置' })
        return
      }
      const incident = (await engine.incidents.list({ tenantId: actor.countyCode })).find((it) => it.id === incidentId)
      if (!incident?.jobOrTaskId) throw new Refusal('not-found')
      if (incident.type === 'failedExternalTask') await engine.externalTasks.setRetries(incident.jobOrTaskId, 3)
      else await engine.jobs.setRetries(incident.jobOrTaskId, 3)
      await audit.append(actor, {
        action: 'incident.retried',
        subject: `incident:${incidentId}`,
        data: { type: incident.type, activityId: incident.activityId },
      })
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
        summary: 'Try a failed job or external task again',
        access: 'admin.operations',
        body: z.unknown(),
        handle: ({ actor, params }) => desk.retry(actor, params.id ?? ''),
      }),
    ],
  }
}
