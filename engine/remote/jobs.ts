import { setTimeout as pause } from 'node:timers/promises'
import type { IncidentInfo, Incidents, JobInfo, Jobs } from '../process-engine.ts'
import { fromWireDate, toWireDate } from '../wire/date-time.ts'
import { type RemoteContext, tenantFilter } from './remote-context.ts'
import { isOutage } from './rest-client.ts'

interface WireJob {
  readonly id: string
  readonly processInstanceId: string | null
  readonly jobDefinitionId: string | null
  readonly dueDate: string | null
  readonly retries: number
  readonly exceptionMessage: string | null
}

interface WireJobDefinition {
  readonly id: string
  readonly activityId: string
  readonly jobType: string
}

/** How many job definitions are remembered; they never change. */
const KEPT = 10_000

const kinds: Readonly<Record<string, JobInfo['kind']>> = {
  'timer-start-event': 'timer-start',
  'async-continuation': 'async',
  'message-correlation': 'async',
}

export function remoteJobs(context: RemoteContext): Jobs {
  const { rest, aliases, changed } = context
  const definitions = new Map<string, WireJobDefinition>()
  const definitionOf = async (id: string) => {
    const found = definitions.get(id) ?? (await rest.find<WireJobDefinition>(`/job-definition/${id}`))
    if (found) {
      if (definitions.size >= KEPT) definitions.clear()
      definitions.set(id, found)
    }
    return found
  }
  const toJob = async (job: WireJob): Promise<JobInfo> => {
    const definition = job.jobDefinitionId ? await definitionOf(job.jobDefinitionId) : null
    return {
      id: job.id,
      processInstanceId: job.processInstanceId && (await aliases.localOf(job.processInstanceId)),
      activityId: definition?.activityId ?? '',
      kind: kinds[definition?.jobType ?? ''] ?? 'timer',
      due: job.dueDate ? (fromWireDate(job.dueDate) ?? null) : null,
      retries: job.retries,
      error: job.exceptionMessage,
    }
  }

  return {
    list: async ({ processInstanceId, rootProcessInstanceId, activityId, withException }) => {
      const rootId = rootProcessInstanceId && (await aliases.remoteOf(rootProcessInstanceId))
      const found = await rest.get<WireJob[]>('/job', {
        processInstanceId: processInstanceId && (await aliases.remoteOf(processInstanceId)),
        activityId,
        withException: withException || undefined,
      })
      const roots = await Promise.all(
        found.map(async (job) =>
          rootId && job.processInstanceId ? (await context.origin(job.processInstanceId))?.rootProcessInstanceId : undefined,
        ),
      )
      return Promise.all(found.filter((_, index) => roots[index] === rootId).map(toJob))
    },
    setDue: async (id, due) => {
      await rest.send('PUT', `/job/${id}/duedate`, { duedate: toWireDate(due) })
    },
    setRetries: async (id, retries) => {
      await rest.send('PUT', `/job/${id}/retries`, { retries })
      changed()
    },
    execute: async (id) => {
      await rest.send('POST', `/job/${id}/execute`)
      changed()
    },
    // The other engine has a pump and a clock of its own; what is due by them is run here, so that a caller need not wait.
    runDue: async () => {
      let ran = 0
      for (let round = 0; round < 100; round++) {
        const due = await rest.get<WireJob[]>('/job', { executable: true, active: true })
        if (due.length === 0) break
        let executed = 0
        for (const job of due) {
          try {
            await rest.send('POST', `/job/${job.id}/execute`)
            executed++
          } catch (error) {
            // Its own pump was faster, or the job failed and keeps its incident.
            if (isOutage(error)) throw error
          }
        }
        ran += executed
        if (executed === 0) await pause(20)
      }
      changed()
      return ran
    },
  }
}

interface WireIncident {
  readonly id: string
  readonly incidentType: string
  readonly incidentMessage: string | null
  readonly processInstanceId: string | null
  readonly activityId: string | null
  readonly configuration: string | null
  readonly tenantId: string | null
  readonly incidentTimestamp: string
}

export function remoteIncidents({ rest, aliases }: RemoteContext): Incidents {
  return {
    resolve: async (id) => {
      await rest.send('DELETE', `/incident/${id}`)
    },
    list: async ({ processInstanceId, tenantId }) => {
      const found = await rest.get<WireIncident[]>('/incident', {
        processInstanceId: processInstanceId && (await aliases.remoteOf(processInstanceId)),
        ...tenantFilter(tenantId),
      })
      return Promise.all(
        found.map(
          async (incident): Promise<IncidentInfo> => ({
            id: incident.id,
            type: incident.incidentType,
            message: incident.incidentMessage,
            processInstanceId: incident.processInstanceId && (await aliases.localOf(incident.processInstanceId)),
            activityId: incident.activityId,
            jobOrTaskId: incident.configuration,
            tenantId: incident.tenantId,
            at: fromWireDate(incident.incidentTimestamp) ?? 0,
          }),
        ),
      )
    },
  }
}
