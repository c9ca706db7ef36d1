import type { Tx } from '../../database/database.ts'
import { failure } from '../core/failure.ts'
import { nextOfCycle } from '../core/time/timer.ts'
import { fireSuspension, type Suspension } from './delayed-suspension.ts'
import { CommandRefused } from './failures.ts'
import { firstDue } from './process-starts.ts'
import type { UnitOfWork } from './unit-of-work.ts'

interface StartJob {
  readonly job_id: string
  readonly handler: string
  readonly definition_id: string
  readonly activity_id: string
  readonly due_at: number
  readonly retries: number
  readonly suspended: number
  readonly configuration: string
}

/** What a job of no instance stands for: a timer start, or a suspension that was put off. Answers false when the job is gone. */
export async function fireRow(
  unit: UnitOfWork,
  jobId: string,
  suspend: (suspension: Suspension, tx: Tx) => Promise<void>,
): Promise<boolean> {
  const [job] = await unit.query<StartJob>(
    `select job_id, handler, definition_id, activity_id, due_at, retries, suspended, configuration from ru_job
     where job_id = ? and instance_id is null${unit.context.database.dialect === 'mariadb' ? ' for update' : ''}`,
    [jobId],
  )
  if (!job) return false
  if (job.suspended) throw new CommandRefused(failure('job-suspended', { jobId }))
  if (job.handler === 'timer-start-event') return startBy(unit, job)
  await fireSuspension(unit, job, suspend)
  return true
}

/** Starts an instance; a cycle gets its next date. */
async function startBy(unit: UnitOfWork, job: StartJob): Promise<boolean> {
  const jobId = job.job_id
  const definition = await unit.definition(job.definition_id)
  if (!definition) return false
  const instanceId = unit.context.newId()
  unit.expectNew(instanceId)
  await unit.run(instanceId, {
    kind: 'start',
    definitionId: definition.id,
    instanceId,
    businessKey: null,
    variables: {},
    startNode: job.activity_id,
  })
  if (job.retries === 0) endTimerStartIncident(unit.tx, jobId, unit.now)
  const { repeat } = JSON.parse(job.configuration) as { repeat: string | null }
  const next = repeat === null ? null : nextOfCycle(repeat, Math.max(unit.now, job.due_at), unit.context.settings.zone)
  if (next === null || next === undefined) unit.tx.write('delete from ru_job where job_id = ?', [jobId])
  else
    unit.tx.write(
      'update ru_job set job_id = ?, due_at = ?, retries = ?, lock_owner = null, lock_until = null, exception_message = null where job_id = ?',
      [unit.context.newId(), next, unit.context.settings.defaultRetries, jobId],
    )
  return true
}

interface FailingJob extends Pick<StartJob, 'definition_id' | 'activity_id' | 'retries'> {
  readonly definition_key: string
  readonly job_definition_id: string | null
  readonly tenant_id: string | null
}

/** Counts a failed start; the last one makes an incident, which belongs to no instance. */
export async function failTimerStart(unit: UnitOfWork, jobId: string, message: string, stack: string | null): Promise<void> {
  const [job] = await unit.query<FailingJob>(
    `select definition_id, definition_key, activity_id, job_definition_id, tenant_id, retries from ru_job
     where job_id = ? and instance_id is null and retries > 0`,
    [jobId],
  )
  if (!job) return
  unit.tx.write(
    `update ru_job set retries = retries - 1, lock_owner = null, lock_until = null, exception_message = ?, exception_stack = ?
     where job_id = ?`,
    [message, stack, jobId],
  )
  if (job.retries > 1) return
  const id = unit.context.newId()
  const columns = `incident_id, type, message, created_at, activity_id, failed_activity_id, definition_id, definition_key, cause_incident_id,
    root_cause_incident_id, configuration, job_definition_id, tenant_id`
  const row = [
    id,
    'failedJob',
    message,
    unit.now,
    job.activity_id,
    job.activity_id,
    job.definition_id,
    job.definition_key,
    id,
    id,
    jobId,
    job.job_definition_id,
    job.tenant_id,
  ]
  unit.tx.write(`insert into ru_incident (${columns}) values (${row.map(() => '?').join(', ')})`, row)
  unit.tx.write(`insert into hi_incident (${columns}, state) values (${row.map(() => '?').join(', ')}, 'open')`, row)
}

/** The job can run again: its incident is over. */
export function endTimerStartIncident(tx: Tx, jobId: string, now: number): void {
  tx.write("update hi_incident set state = 'resolved', ended_at = ? where configuration = ? and instance_id is null and ended_at is null", [
    now,
    jobId,
  ])
  tx.write('delete from ru_incident where configuration = ? and instance_id is null', [jobId])
}

/** Calculates the due date again, from when the timer was made or from now. Answers false when the job is none that starts an instance. */
export async function recalculateTimerStart(unit: UnitOfWork, jobId: string, creationDateBased: boolean): Promise<boolean> {
  const [job] = await unit.query<Pick<StartJob, 'definition_id' | 'activity_id'> & { readonly created_at: number }>(
    'select definition_id, activity_id, created_at from ru_job where job_id = ? and instance_id is null',
    [jobId],
  )
  const model = job && (await unit.definition(job.definition_id))?.model
  const start = model?.starts.find(({ nodeId }) => nodeId === job?.activity_id)
  const timer = start?.kind === 'timer' ? model?.jobs.find(({ key }) => key === start.declaration)?.timer : undefined
  if (!job || !timer) return false
  const { due } = firstDue(timer, job.activity_id, unit, creationDateBased ? job.created_at : unit.now)
  unit.tx.write('update ru_job set due_at = ? where job_id = ?', [due, jobId])
  return true
}
