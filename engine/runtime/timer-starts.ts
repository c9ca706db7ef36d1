import { failure } from '../core/failure.ts'
import { nextOfCycle } from '../core/time/timer.ts'
import { CommandRefused } from './failures.ts'
import type { UnitOfWork } from './unit-of-work.ts'

interface StartJob {
  readonly job_id: string
  readonly definition_id: string
  readonly activity_id: string
  readonly due_at: number
  readonly retries: number
  readonly suspended: number
  readonly configuration: string
}

/** Starts the instance that a timer start job stands for; a cycle gets its next date. Answers false when the job is gone. */
export async function fireTimerStart(unit: UnitOfWork, jobId: string): Promise<boolean> {
  const [job] = await unit.query<StartJob>(
    `select job_id, definition_id, activity_id, due_at, retries, suspended, configuration from ru_job
     where job_id = ? and instance_id is null${unit.context.database.dialect === 'mariadb' ? ' for update' : ''}`,
    [jobId],
  )
  if (!job) return false
  if (job.suspended) throw new CommandRefused(failure('job-suspended', { jobId }))
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

/** Counts a failed start. */
export async function failTimerStart(unit: UnitOfWork, jobId: string, message: string, stack: string | null): Promise<void> {
  unit.tx.write(
    `update ru_job set retries = retries - 1, lock_owner = null, lock_until = null, exception_message = ?, exception_stack = ?
     where job_id = ? and instance_id is null and retries > 0`,
    [message, stack, jobId],
  )
}
