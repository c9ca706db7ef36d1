import type { Sending } from './outbox-calls.ts'
import type { OutboxEntry } from './outbox-store.ts'

/** Where a call was meant to act, by our ids; null where nobody can tell. */
export interface CallPlace {
  readonly instanceId: string | null
  readonly activityId: string | null
  readonly tenantId: string | null
}

interface WirePlace {
  readonly processInstanceId: string | null
  readonly taskDefinitionKey?: string
  readonly activityId?: string
  readonly tenantId: string | null
}

/** What history says of the thing that a call names, by resource of the port. */
const HISTORY = {
  tasks: ['/history/task', 'taskId'],
  externalTasks: ['/history/external-task-log', 'externalTaskId'],
  jobs: ['/history/job-log', 'jobId'],
} as const

const isKept = (resource: string): resource is keyof typeof HISTORY => Object.hasOwn(HISTORY, resource)

/**
 * Asks the other server where a refused call belongs, so that it stands among the incidents of its county, its node and its record. A
 * call that names only a task, a job or a business key does not say so itself.
 */
export async function placeOfCall(sending: Sending, entry: OutboxEntry): Promise<CallPlace> {
  const { instanceId, tenantId } = entry
  const found = await ask(sending, entry).catch(() => null)
  return {
    instanceId: instanceId ?? (found?.processInstanceId ? await sending.aliases.localOf(found.processInstanceId) : null),
    activityId: found?.taskDefinitionKey ?? found?.activityId ?? null,
    tenantId: tenantId ?? found?.tenantId ?? null,
  }
}

async function ask({ rest, aliases }: Sending, { call, args }: OutboxEntry): Promise<WirePlace | null> {
  const [resource = ''] = call.split('.')
  if (isKept(resource)) {
    const [path, key] = HISTORY[resource]
    const [found] = await rest.get<WirePlace[]>(path, { [key]: await aliases.remoteOf(String(args[0])), maxResults: 1 })
    return found ?? null
  }
  if (resource === 'instances' && typeof args[0] === 'string') return ofInstance({ processInstanceId: await aliases.remoteOf(args[0]) })
  if (call !== 'messages.correlate') return null
  const { processInstanceId, businessKey, tenantId } = args[0] as { processInstanceId?: string; businessKey?: string; tenantId?: string }
  if (processInstanceId) return ofInstance({ processInstanceId: await aliases.remoteOf(processInstanceId) })
  return businessKey ? ofInstance({ processInstanceBusinessKey: businessKey, tenantIdIn: tenantId }) : null

  async function ofInstance(filter: Readonly<Record<string, string | undefined>>): Promise<WirePlace | null> {
    const [found] = await rest.get<{ id: string; tenantId: string | null }[]>('/history/process-instance', {
      ...filter,
      sortBy: 'startTime',
      sortOrder: 'desc',
      maxResults: 1,
    })
    return found ? { processInstanceId: found.id, tenantId: found.tenantId } : null
  }
}
