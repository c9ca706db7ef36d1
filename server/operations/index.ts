import { z } from 'zod'
import { type Operations, operations } from '../../contracts/api/admin.ts'
import { TOPICS } from '../../contracts/external-topics.ts'
import type { IncidentInfo, ProcessEngine } from '../../engine/process-engine.ts'
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
  /** When a worker last asked for tasks, by the county's clock; null: never since the start. */
  readonly workersSeenAt: () => number | null
}

/** What an administrator watches and puts right: what runs, what failed, whether the workers are there. */
export interface OperationsDesk {
  overview(countyCode: string): Promise<Operations>
  /** Tries the failed job or external task again. `not-found` when there is no such incident in the county. */
  retry(actor: Actor, incidentId: string): Promise<void>
  readonly routes: readonly Route[]
}

export function makeOperations({ engine, records, organisation, audit, workersSeenAt }: OperationsDeps): OperationsDesk {
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
      const lastSeenAt = workersSeenAt()
      return { running, incidents, workers: TOPICS.map((topic) => ({ topic, lastSeenAt })) }
    },

    async retry(actor, incidentId) {
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
