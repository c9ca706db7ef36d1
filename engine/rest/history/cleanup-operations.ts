import type { CleanupJob } from '../../runtime/history-cleaner.ts'
import { toWireDate } from '../../wire/date-time.ts'
import { type Call, json } from '../http/call.ts'
import { type Operation, operation } from '../http/operation.ts'
import { Problem } from '../problem.ts'

/** The clean-up of history, shown as the job that it is in Camunda. */
export const cleanupOperations: readonly Operation[] = [
  operation('GET', '/history/cleanup/configuration', 'When history is removed', async (call) => {
    const { window } = call.runtime.cleaner.settings
    const today = (time: string): string => `${toWireDate(call.run.now).slice(0, 11)}${time}:00.000+0000`
    return json({
      batchWindowStartTime: window ? today(window.start) : null,
      batchWindowEndTime: window ? today(window.end) : null,
      enabled: true,
    })
  }),
  operation('POST', '/history/cleanup', 'Removes history whose time has come: now, or in the next window', async (call) =>
    json(present(await call.runtime.cleaner.request(call.query.get('immediatelyDue') !== 'false'))),
  ),
  operation('GET', '/history/cleanup/job', 'The clean-up as a job', async (call) =>
    json(present(await known(call, 'History cleanup job does not exist'))),
  ),
  operation('GET', '/history/cleanup/jobs', 'The clean-up as jobs', async (call) =>
    json([present(await known(call, 'History cleanup jobs are empty'))]),
  ),
]

async function known(call: Call, message: string): Promise<CleanupJob> {
  const job = await call.runtime.cleaner.job()
  if (!job) throw new Problem(404, 'RestException', message)
  return job
}

const present = ({ id, createdAt, dueAt }: CleanupJob) => ({
  id,
  jobDefinitionId: null,
  processInstanceId: null,
  processDefinitionId: null,
  processDefinitionKey: null,
  executionId: null,
  exceptionMessage: null,
  failedActivityId: null,
  retries: 3,
  dueDate: dueAt === null ? null : toWireDate(dueAt),
  suspended: dueAt === null,
  priority: 0,
  tenantId: null,
  createTime: toWireDate(createdAt),
  batchId: null,
})
