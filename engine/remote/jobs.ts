import type { IncidentInfo, Incidents, JobInfo, Jobs } from '../process-engine.ts'
import { fromWireDate, toWireDate } from '../wire/date-time.ts'
import { type RemoteContext, refuseTx, tenantFilter } from './remote-context.ts'

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

const kinds: Readonly<Record<string, JobInfo['kind']>> = {
  'timer-start-event': 'timer-start',
  'async-continuation': 'async',
  'message-correlation': 'async',
}

export function remoteJobs(context: RemoteContext): Jobs {
  const { rest, changed } = context
  const toJob = async (job: WireJob): Promise<JobInfo> => {
    const definition = job.jobDefinitionId ? await rest.find<WireJobDefinition>(`/job-definition/${job.jobDefinitionId}`) : null
    return {
      id: job.id,
      processInstanceId: job.processInstanceId,
      activityId: definition?.activityId ?? '',
      kind: kinds[definition?.jobType ?? ''] ?? 'timer',
      due: job.dueDate ? (fromWireDate(job.dueDate) ?? null) : null,
      retries: job.retries,
      error: job.exceptionMessage,
    }
  }

  return {
    list: async ({ processInstanceId, rootProcessInstanceId, activityId, withException }) => {
      const found = await rest.get<WireJob[]>('/job', { processInstanceId, activityId, withException: withException || undefined })
      const jobs = await Promise.all(found.map(toJob))
      if (rootProcessInstanceId === undefined) return jobs
      const roots = await Promise.all(
        jobs.map(async (job) =>
          job.processInstanceId ? (await context.instance(job.processInstanceId))?.rootProcessInstanceId : undefined,
        ),
      )
      return jobs.filter((_, index) => roots[index] === rootProcessInstanceId)
    },
    setDue: async (id, due, tx) => {
      refuseTx(tx)
      await rest.send('PUT', `/job/${id}/duedate`, { duedate: toWireDate(due) })
    },
    setRetries: async (id, retries, tx) => {
      refuseTx(tx)
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
        for (const job of due) {
          try {
            await rest.send('POST', `/job/${job.id}/execute`)
            ran++
          } catch {
            // its own pump was faster, or the job failed and keeps its incident
          }
        }
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

export function remoteIncidents({ rest }: RemoteContext): Incidents {
  return {
    list: async ({ processInstanceId, tenantId }) => {
      const found = await rest.get<WireIncident[]>('/incident', { processInstanceId, ...tenantFilter(tenantId) })
      return found.map(
        (incident): IncidentInfo => ({
          id: incident.id,
          type: incident.incidentType,
          message: incident.incidentMessage,
          processInstanceId: incident.processInstanceId,
          activityId: incident.activityId,
          jobOrTaskId: incident.configuration,
          tenantId: incident.tenantId,
          at: fromWireDate(incident.incidentTimestamp) ?? 0,
        }),
      )
    },
  }
}
