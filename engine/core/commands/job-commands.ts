import type { JobCommand, OfJob } from '../command.ts'
import type { InstanceDraft } from '../draft/instance-draft.ts'
import type { Run } from '../draft/run.ts'
import type { Mutable } from '../draft/table.ts'
import { failure, InvariantError, Refusal } from '../failure.ts'
import { deliver } from '../flow/deliver.ts'
import { considerInitially } from '../flow/events.ts'
import { createIncident, endIncidentOf } from '../flow/incidents.ts'
import { tellStart } from '../flow/instances.ts'
import { createJob, logJob, removeJob, retryCycleOf, timerDue } from '../flow/jobs.ts'
import { begin, take, tokenEnded } from '../flow/lifecycle.ts'
import { placeOfExecution } from '../flow/place.ts'
import { declarationOf, runTaskListener } from '../flow/tasks.ts'
import { trigger } from '../flow/trigger.ts'
import type { Job } from '../state.ts'
import { addDuration } from '../time/duration.ts'
import { nextOfCycle } from '../time/timer.ts'
import type { Value } from '../value.ts'

type Of<K extends JobCommand['kind']> = Extract<JobCommand, { readonly kind: K }>

function find(run: Run, { instanceId, jobId }: OfJob): { instance: InstanceDraft; job: Mutable<Job> } {
  const instance = run.instance(instanceId)
  const job = instance.jobs.edit(jobId)
  if (!job) throw new Refusal(failure('unknown-job', { jobId }))
  return { instance, job }
}

/** Runs a job: a timer that is due, an asynchronous continuation. Refused when it fails; then `jobFailed` counts it. */
export function fireJob(run: Run, command: Of<'fireJob'>): void {
  const { instance, job } = find(run, command)
  if (instance.head.suspended) throw new Refusal(failure('job-suspended', { jobId: job.id }))
  run.lastActivityId = job.node
  removeJob(instance, job, 'successful')
  repeatTimer(run, instance, job)
  if (job.handler === 'async-continuation') continueToken(instance, job)
  else if (job.handler === 'event-delivery') deliverDelayed(instance, job)
  else if (job.handler === 'timer-task-listener') fireTaskTimer(instance, job)
  else trigger(instance, instance.scope(job.executionId), instance.node(job.node))
}

/** The next of a repeating timer is created before this one runs. */
function repeatTimer(run: Run, instance: InstanceDraft, job: Job): void {
  if (!job.repeat) return
  const due = nextOfCycle(job.repeat.text, run.env.now, run.env.zone, job.repeat.offsetMs)
  if (due === null || due === undefined) return
  // Fired exactly on time, the last date of a cycle would come again and again.
  if (job.due !== null && run.env.now >= job.due && due <= job.due) return
  createJob(instance, {
    handler: job.handler,
    executionId: job.executionId,
    node: job.node,
    declaration: job.declaration,
    due,
    repeat: job.repeat,
    exclusive: job.exclusive,
    priority: job.priority,
    retries: job.retries,
    ...(job.taskId === undefined ? {} : { taskId: job.taskId }),
    ...(job.listener === undefined ? {} : { listener: job.listener }),
  })
}

function continueToken(instance: InstanceDraft, job: Job): void {
  const token = instance.token(job.executionId)
  if (token.phase === 'async-before') {
    token.phase = 'moving'
    const node = instance.node(job.node)
    if (node.behavior.kind === 'startEvent' && node.parent?.behavior.kind === 'process') {
      tellStart(instance)
      considerInitially(instance, instance.rootScope)
    }
    begin(instance, token, node)
    return
  }
  if (token.flowId === null) {
    tokenEnded(instance, token)
    return
  }
  const flow = instance.definition.model.flows.get(token.flowId)
  if (!flow) throw new InvariantError(`no flow ${token.flowId}`)
  take(instance, token, flow)
}

function deliverDelayed(instance: InstanceDraft, job: Job): void {
  const subscription = job.delivery && instance.subscriptions.get(job.delivery.subscriptionId)
  if (!job.delivery || !subscription) return
  const variables: Record<string, Value> = {}
  for (const [name, variable] of Object.entries(job.delivery.vars)) variables[name] = variable.value
  deliver(instance, subscription, variables)
}

function fireTaskTimer(instance: InstanceDraft, job: Job): void {
  const task = instance.tasks.edit(job.taskId ?? '')
  const declared = task && declarationOf(instance, task).listeners[job.listener ?? -1]
  if (task && declared) runTaskListener(instance, task, declared.listener, 'timeout')
}

/** Counts a failure: the next due date by the retry time cycle, an incident when no retry is left. */
export function jobFailed(run: Run, command: Of<'jobFailed'>): void {
  const { instance, job } = find(run, command)
  const { env } = run
  job.error = { message: command.message, stack: command.stack, failedActivityId: command.failedActivityId }
  const before = job.retries
  // A repeating timer goes on although it fails: the next is created with the first failure, and not again.
  repeatTimer(run, instance, job)
  job.repeat = null
  const cycle = retryCycleOf(instance, job.executionId, job.node)
  job.retries = Math.max(0, job.retries - 1)
  job.failures += 1
  if (cycle) {
    const index = Math.min(cycle.intervals.length - 1, job.failures - 1)
    const interval = cycle.intervals[index]
    if (interval) job.due = addDuration(env.now, interval, env.zone)
  }
  logJob(instance, job, 'failed', before)
  if (job.retries === 0 && before > 0) jobIncident(instance, job, job.node)
}

function jobIncident(instance: InstanceDraft, job: Job, failedIn: string | null): void {
  createIncident(instance, {
    type: 'failedJob',
    executionId: job.executionId,
    activityId: job.node,
    failedActivityId: job.error?.failedActivityId ?? failedIn,
    configuration: job.id,
    message: job.error?.message ?? null,
    jobDefinitionId: job.jobDefinitionId,
  })
}

export function setJobRetries(run: Run, command: Of<'setJobRetries'>): void {
  const { instance, job } = find(run, command)
  if (command.retries < 0) throw new Refusal(failure('invalid-value', { what: 'retries', text: String(command.retries) }))
  const before = job.retries
  job.retries = command.retries
  if (command.due !== undefined) job.due = command.due
  if (command.retries > 0 && before === 0) endIncidentOf(instance, job.id, 'resolved')
  else if (command.retries === 0 && before > 0) jobIncident(instance, job, null)
}

export function setJobDue(run: Run, command: Of<'setJobDue'>): void {
  const { job } = find(run, command)
  if (command.cascade && job.repeat && job.due !== null && command.due !== null) {
    job.repeat = { ...job.repeat, offsetMs: job.repeat.offsetMs + (command.due - job.due) }
  }
  job.due = command.due
}

export function recalculateJobDue(run: Run, command: Of<'recalculateJobDue'>): void {
  const { instance, job } = find(run, command)
  const declared = instance.definition.model.jobs.find((each) => each.key === job.declaration)
  if (!declared?.timer) throw new Refusal(failure('invalid-value', { what: 'job that is no timer', text: job.id }))
  const from = command.creationDateBased ? job.createdAt : run.env.now
  const { due, repeat } = timerDue(placeOfExecution(instance, job.executionId), instance.node(job.node), declared.timer, from)
  job.due = due
  if (job.repeat) job.repeat = repeat
}

export function setJobSuspended(run: Run, command: Of<'setJobSuspended'>): void {
  find(run, command).job.suspended = command.suspended
}

export function setJobPriority(run: Run, command: Of<'setJobPriority'>): void {
  find(run, command).job.priority = command.priority
}

export function deleteJob(run: Run, command: Of<'deleteJob'>): void {
  const { instance, job } = find(run, command)
  removeJob(instance, job)
}
