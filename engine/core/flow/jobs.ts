import type { InstanceDraft, TokenDraft } from '../draft/instance-draft.ts'
import type { Expression } from '../expression/index.ts'
import { failure, Refusal } from '../failure.ts'
import type { Timer } from '../model/job-declaration.ts'
import type { Node } from '../model/node.ts'
import type { Delivery, Job, JobHandler, Repeat } from '../state.ts'
import { dueOfDate, dueOfDuration, parseRetryCycle, type RetryCycle, startOfCycle } from '../time/timer.ts'
import { evaluate, evaluateNumber, evaluateText } from './evaluate.ts'
import { endIncidentOf } from './incidents.ts'
import type { Place } from './place.ts'
import { placeOf, placeOfExecution } from './place.ts'

interface NewJob {
  readonly handler: JobHandler
  readonly executionId: string
  readonly node: string
  readonly declaration: string
  readonly due: number | null
  readonly repeat: Repeat | null
  readonly exclusive: boolean
  readonly priority: number
  readonly taskId?: string
  readonly listener?: number
  readonly delivery?: Delivery
  /** Of a repeated timer those that the last one had; else as many as are usual. */
  readonly retries?: number
}

export function createJob(instance: InstanceDraft, job: NewJob): Job {
  const { run, definition } = instance
  const stored = definition.jobDefinitions[job.declaration]
  const created = instance.jobs.insert({
    ...job,
    id: run.newId(),
    jobDefinitionId: stored?.id ?? null,
    priority: stored?.priority ?? job.priority,
    retries: job.retries ?? retryCycleOf(instance, job.executionId, job.node)?.retries ?? run.env.defaultRetries,
    failures: 0,
    suspended: (stored?.suspended ?? false) || instance.head.suspended,
    createdAt: run.env.now,
    error: null,
  })
  logJob(instance, created, 'created')
  return created
}

/** The retry time cycle of an activity, else of the engine; null when there is none or it cannot be read. */
export function retryCycleOf(instance: InstanceDraft, executionId: string, nodeId: string): RetryCycle | null {
  const node = instance.definition.model.nodes.get(nodeId)
  // Of a task it is that of its continuations only: not of the timers of its listeners.
  const isMeant = node?.behavior.kind !== 'userTask' || node.async.before || node.async.after
  const own = (isMeant && node?.async.retryTimeCycle) || null
  let text = instance.run.env.retryTimeCycle
  if (own) {
    try {
      text = evaluateText(placeOfExecution(instance, executionId), own)
    } catch (error) {
      if (!(error instanceof Refusal)) throw error
    }
  }
  return (text === null ? null : parseRetryCycle(text)) ?? null
}

export function logJob(
  instance: InstanceDraft,
  job: Job,
  state: 'created' | 'failed' | 'successful' | 'deleted',
  retries = job.retries,
): void {
  instance.record({
    kind: 'job-log',
    state,
    jobId: job.id,
    jobDefinitionId: job.jobDefinitionId,
    handler: job.handler,
    executionId: job.executionId,
    activityId: job.node,
    due: job.due,
    retries,
    priority: job.priority,
    errorMessage: state === 'failed' ? (job.error?.message ?? null) : null,
    errorStack: state === 'failed' ? (job.error?.stack ?? null) : null,
    failedActivityId: state === 'failed' ? (job.error?.failedActivityId ?? null) : null,
  })
}

export function removeJob(instance: InstanceDraft, job: Job, state: 'successful' | 'deleted' = 'deleted'): void {
  instance.jobs.remove(job.id)
  logJob(instance, job, state)
  endIncidentOf(instance, job.id, state === 'successful' ? 'resolved' : 'deleted')
}

export function createAsyncJob(instance: InstanceDraft, token: TokenDraft, node: Node, side: 'before' | 'after'): void {
  const { async } = node
  createJob(instance, {
    handler: 'async-continuation',
    executionId: token.id,
    node: node.id,
    declaration: side === 'before' ? async.beforeKey : async.afterKey,
    due: null,
    repeat: null,
    exclusive: async.exclusive,
    priority: jobPriority(placeOf(instance, token), async.priority),
  })
}

/** Of the activity, else of the process, else 0. */
export function jobPriority(place: Place, own: Expression | null): number {
  const expression = own ?? place.instance.definition.model.jobPriority
  if (!expression) return 0
  try {
    return evaluateNumber(place, expression, 'jobPriority')
  } catch (error) {
    // A priority must not stop the process: what cannot be evaluated counts as 0.
    if (error instanceof Refusal && error.failure.code === 'expression-failed') return 0
    throw error
  }
}

export function createTimerJob(
  place: Place,
  node: Node,
  timer: Timer,
  declaration: string,
  handler: JobHandler,
  repeats: boolean,
  extra: { readonly taskId?: string; readonly listener?: number } = {},
): Job {
  const { instance } = place
  const { due, repeat } = timerDue(place, node, timer)
  return createJob(instance, {
    handler,
    executionId: extra.taskId ? (place.token?.id ?? place.scope.id) : place.scope.id,
    node: node.id,
    declaration,
    due,
    repeat: repeats ? repeat : null,
    exclusive: node.async.exclusive,
    priority: jobPriority(place, instance.definition.model.jobs.find((job) => job.key === declaration)?.priority ?? null),
    ...extra,
  })
}

/** When a timer is due. A text that is no date, duration or cycle refuses the command. `from`: as if created then. */
export function timerDue(
  place: Place,
  node: Node,
  timer: Timer,
  from = place.instance.run.env.now,
): { due: number; repeat: Repeat | null } {
  const { zone } = place.instance.run.env
  const value = evaluate(place, timer.text)
  const text = value.t === 'String' ? value.v.trim() : ''
  const wrong = (): never => {
    throw new Refusal(
      failure('invalid-timer', { activityId: node.id, text: value.t === 'Null' ? 'null' : String('v' in value ? value.v : '') }),
    )
  }
  if (timer.kind === 'cycle') {
    const cycle = startOfCycle(text, from, zone) ?? wrong()
    return { due: cycle.due, repeat: { text: cycle.repeat, offsetMs: 0 } }
  }
  if (value.t === 'Date' || value.t === 'DateTime') return { due: value.v, repeat: null }
  const due = timer.kind === 'date' ? dueOfDate(text, from, zone) : dueOfDuration(text, from, zone)
  return { due: due ?? wrong(), repeat: null }
}
