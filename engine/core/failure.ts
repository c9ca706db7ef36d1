import type { MigrationInstruction } from './migration/migration-plan.ts'
import type { InstructionReport } from './migration/validate-plan.ts'

/**
 * Everything that a step can refuse, with its data. The REST side turns a code into a status and Camunda's exception type by
 * one table; nobody else interprets the message. Messages are for developers.
 */
export interface Failures {
  'unknown-definition': { readonly ref: string }
  'unknown-instance': { readonly instanceId: string }
  'unknown-execution': { readonly executionId: string }
  'unknown-task': { readonly taskId: string }
  'unknown-job': { readonly jobId: string }
  'unknown-external-task': { readonly externalTaskId: string }
  'unknown-subscription': { readonly subscriptionId: string }
  'unknown-incident': { readonly incidentId: string }
  'unknown-activity': { readonly activityId: string }
  'unknown-activity-instance': { readonly id: string }
  'instance-suspended': { readonly instanceId: string }
  'task-suspended': { readonly taskId: string }
  'external-task-suspended': { readonly externalTaskId: string }
  'job-suspended': { readonly jobId: string }
  'definition-suspended': { readonly definitionId: string }
  'task-already-claimed': { readonly taskId: string; readonly assignee: string }
  'task-delegated': { readonly taskId: string }
  'task-not-delegated': { readonly taskId: string }
  'task-of-instance': { readonly taskId: string }
  'external-task-not-locked': { readonly externalTaskId: string; readonly workerId: string; readonly lockedBy: string | null }
  'external-task-locked': { readonly externalTaskId: string; readonly workerId: string }
  'not-waiting': { readonly executionId: string; readonly activityId: string | null }
  'no-start-event': { readonly definitionId: string }
  'no-outgoing-flow': { readonly activityId: string }
  'expression-failed': { readonly expression: string; readonly activityId?: string; readonly reason: string }
  'condition-not-boolean': { readonly expression: string; readonly activityId?: string }
  'invalid-timer': { readonly activityId: string; readonly text: string }
  'invalid-cardinality': { readonly activityId: string; readonly text: string }
  'invalid-collection': { readonly activityId: string; readonly text: string }
  'invalid-value': { readonly what: string; readonly text: string }
  'unhandled-error': { readonly errorCode: string; readonly activityId: string }
  'unhandled-escalation': { readonly escalationCode: string; readonly activityId: string }
  'unsupported-handler': { readonly activityId: string; readonly handler: string }
  'handler-failed': { readonly activityId: string; readonly handler: string; readonly reason: string }
  'script-failed': { readonly activityId: string; readonly reason: string }
  'decision-failed': { readonly activityId: string; readonly reason: string }
  'decision-unknown': { readonly activityId: string; readonly ref: string }
  'transient-conflict': { readonly name: string }
  'loop-detected': { readonly instanceId: string; readonly operations: number }
  'modification-refused': { readonly reason: string; readonly activityId?: string }
  'modification-impossible': { readonly reason: string; readonly activityId: string }
  'modification-ambiguous': { readonly activityId: string; readonly scopeId: string }
  'null-argument': { readonly what: string }
  'message-required': { readonly what: string }
  'migration-refused': {
    /** `plan`: instructions that cannot be followed; `instance`: tokens without instruction; else a text. */
    readonly reason: string
    readonly instructionReports?: readonly InstructionReport[]
    readonly processInstanceId?: string
    readonly activityInstanceReports?: readonly InstanceReport[]
    readonly transitionInstanceReports?: readonly InstanceReport[]
  }
}

/** A token that a migration plan leaves out. */
export interface InstanceReport {
  readonly sourceScopeId: string
  readonly instruction?: MigrationInstruction
  /** The activity instance's id; of a transition instance the execution's. */
  readonly instanceId: string
  readonly failures: readonly string[]
}

export type FailureCode = keyof Failures

/** A refusal: code, data and a message with the ids. Nothing of the command has happened. */
export type Failure = {
  [C in FailureCode]: { readonly code: C; readonly data: Failures[C]; readonly message: string }
}[FailureCode]

export function failure<C extends FailureCode>(code: C, data: Failures[C], message?: string): Failure {
  return { code, data, message: message ?? `${code}: ${JSON.stringify(data)}` } as Failure
}

/** Thrown inside a step only, caught by `step`: unwinds the work stack to a refusal. */
export class Refusal extends Error {
  readonly failure: Failure
  constructor(failure: Failure) {
    super(failure.message)
    this.name = 'Refusal'
    this.failure = failure
  }
}

/** A broken assumption of the engine itself: a bug, never an expected answer. */
export class InvariantError extends Error {
  constructor(message: string) {
    super(message)
    this.name = 'InvariantError'
  }
}
