import type { MigrationInstruction } from './migration/migration-plan.ts'
import type { Value, Variables } from './value.ts'

/** One thing asked of a family. Closed: each kind has one file in commands/. */
export type Command = StartCommand | TaskCommand | ExecutionCommand | JobCommand | ExternalTaskCommand | InstanceCommand | IncidentCommand

export interface StartCommand {
  readonly kind: 'start'
  readonly definitionId: string
  /** Chosen by the caller: the new root's id. */
  readonly instanceId: string
  readonly businessKey: string | null
  readonly variables: Variables
  /** Not stored, not in history: names of `variables` that live until the next wait state. */
  readonly transient?: readonly string[]
  /** The start event (message, timer, signal, conditional); absent: the none start event, as Camunda's start by key chooses. */
  readonly startNode?: string
  /** Overrides the definition's tenant, for definitions without one. */
  readonly tenantId?: string | null
  readonly instructions?: readonly Instruction[]
  readonly skipCustomListeners?: boolean
  readonly skipIoMappings?: boolean
}

export interface OfTask {
  readonly instanceId: string
  readonly taskId: string
}

export type TaskCommand =
  | (OfTask & { readonly kind: 'completeTask'; readonly variables: Variables; readonly localVariables?: Variables })
  | (OfTask & { readonly kind: 'resolveTask'; readonly variables: Variables })
  | (OfTask & { readonly kind: 'claimTask'; readonly userId: string })
  | (OfTask & { readonly kind: 'unclaimTask' })
  /** Something beside the task has changed, such as a comment: update listeners run. */
  | (OfTask & { readonly kind: 'touchTask' })
  /** A task made by hand is about to hang below it. */
  | (OfTask & { readonly kind: 'expectSubTasks' })
  | (OfTask & { readonly kind: 'assignTask'; readonly userId: string | null })
  | (OfTask & { readonly kind: 'delegateTask'; readonly userId: string })
  | (OfTask & { readonly kind: 'updateTask'; readonly patch: TaskPatch })
  | (OfTask & {
      readonly kind: 'addIdentityLink' | 'deleteIdentityLink'
      readonly linkType: string
      readonly userId: string | null
      readonly groupId: string | null
    })
  | (OfTask & {
      readonly kind: 'setTaskVariables'
      readonly variables: Variables
      readonly remove: readonly string[]
      readonly local: boolean
    })
  | (OfTask & {
      readonly kind: 'taskBpmnError'
      readonly errorCode: string
      readonly errorMessage: string | null
      readonly variables: Variables
    })
  | (OfTask & { readonly kind: 'taskEscalation'; readonly escalationCode: string; readonly variables: Variables })

/** Only what is present changes. */
export interface TaskPatch {
  readonly name?: string | null
  readonly description?: string | null
  readonly assignee?: string | null
  readonly owner?: string | null
  readonly delegation?: 'PENDING' | 'RESOLVED' | null
  readonly priority?: number
  readonly due?: number | null
  readonly followUp?: number | null
  readonly parentTaskId?: string | null
}

export interface OfExecution {
  readonly instanceId: string
  /** A scope's or a token's id. */
  readonly executionId: string
}

export type ExecutionCommand =
  /** `POST /execution/{id}/signal`: receive tasks and other waiting activities; `signalName` for message-less events. */
  | (OfExecution & { readonly kind: 'trigger'; readonly variables: Variables; readonly local?: boolean })
  | (OfExecution & {
      readonly kind: 'setVariables'
      readonly variables: Variables
      readonly remove: readonly string[]
      readonly local: boolean
      readonly transient?: readonly string[]
    })
  /** A message or signal reaches a subscription; variables are set before the event, `localVariables` in its scope. */
  | {
      readonly kind: 'deliver'
      readonly instanceId: string
      readonly subscriptionId: string
      readonly variables: Variables
      readonly localVariables?: Variables
      /** Local to what the event opens: an event subprocess, the branch of a boundary event. */
      readonly triggeredVariables?: Variables
      readonly transient?: readonly string[]
    }
  /** An asynchronously thrown signal: a job of the receiver delivers it. */
  | { readonly kind: 'scheduleDelivery'; readonly instanceId: string; readonly subscriptionId: string; readonly variables: Variables }
  | {
      readonly kind: 'createIncident'
      readonly instanceId: string
      readonly executionId: string
      readonly type: string
      readonly configuration: string | null
      readonly message: string | null
    }

export interface OfJob {
  readonly instanceId: string
  readonly jobId: string
}

export type JobCommand =
  | (OfJob & { readonly kind: 'fireJob' })
  /** After `fireJob` was refused and rolled back: counts the failure, sets the next due date, perhaps an incident. */
  | (OfJob & {
      readonly kind: 'jobFailed'
      readonly message: string
      readonly stack: string | null
      readonly failedActivityId: string | null
    })
  | (OfJob & { readonly kind: 'setJobRetries'; readonly retries: number; readonly due?: number | null })
  | (OfJob & { readonly kind: 'setJobDue'; readonly due: number | null; readonly cascade: boolean })
  /** Evaluates the timer's expression again. */
  | (OfJob & { readonly kind: 'recalculateJobDue'; readonly creationDateBased: boolean })
  | (OfJob & { readonly kind: 'setJobSuspended'; readonly suspended: boolean })
  | (OfJob & { readonly kind: 'setJobPriority'; readonly priority: number })
  | (OfJob & { readonly kind: 'deleteJob' })

export interface OfExternalTask {
  readonly instanceId: string
  readonly externalTaskId: string
}

export type ExternalTaskCommand =
  /** Refused with `external-task-locked` when another worker holds an unexpired lock. */
  | (OfExternalTask & { readonly kind: 'lockExternalTask'; readonly workerId: string; readonly lockMs: number })
  | (OfExternalTask & { readonly kind: 'extendExternalTaskLock'; readonly workerId: string; readonly lockMs: number })
  | (OfExternalTask & { readonly kind: 'unlockExternalTask' })
  | (OfExternalTask & {
      readonly kind: 'completeExternalTask'
      readonly workerId: string
      readonly variables: Variables
      readonly localVariables: Variables
    })
  | (OfExternalTask & {
      readonly kind: 'failExternalTask'
      readonly workerId: string
      readonly errorMessage: string | null
      readonly errorDetails: string | null
      readonly retries: number
      readonly retryTimeoutMs: number
      readonly variables: Variables
      readonly localVariables: Variables
    })
  | (OfExternalTask & {
      readonly kind: 'externalTaskBpmnError'
      readonly workerId: string
      readonly errorCode: string
      readonly errorMessage: string | null
      readonly variables: Variables
    })
  | (OfExternalTask & { readonly kind: 'setExternalTaskRetries'; readonly retries: number })
  | (OfExternalTask & { readonly kind: 'setExternalTaskPriority'; readonly priority: number })

export type Instruction =
  | {
      readonly type: 'startBeforeActivity' | 'startAfterActivity'
      readonly activityId: string
      readonly ancestorActivityInstanceId?: string
      readonly variables?: readonly InstructionVariable[]
    }
  | {
      readonly type: 'startTransition'
      readonly transitionId: string
      readonly ancestorActivityInstanceId?: string
      readonly variables?: readonly InstructionVariable[]
    }
  | {
      readonly type: 'cancel'
      /** All instances of the activity. */
      readonly activityId?: string
      readonly cancelCurrentActiveActivityInstances?: boolean
      readonly activityInstanceId?: string
      readonly transitionInstanceId?: string
    }

export interface InstructionVariable {
  readonly name: string
  readonly value: Value
  readonly local: boolean
}

export type InstanceCommand =
  | {
      readonly kind: 'modify'
      /** An instance that loses its last token counts as terminated by the engine, as in a batch; else by the client. */
      readonly internal?: boolean
      readonly instanceId: string
      readonly instructions: readonly Instruction[]
      readonly skipCustomListeners: boolean
      readonly skipIoMappings: boolean
    }
  | {
      readonly kind: 'migrate'
      readonly instanceId: string
      readonly sourceDefinitionId: string
      readonly targetDefinitionId: string
      readonly instructions: readonly MigrationInstruction[]
      readonly variables: Variables
      readonly skipCustomListeners: boolean
      readonly skipIoMappings: boolean
    }
  | {
      readonly kind: 'delete'
      readonly instanceId: string
      readonly reason: string | null
      readonly skipCustomListeners: boolean
      readonly skipIoMappings: boolean
      readonly skipSubprocesses: boolean
    }
  | { readonly kind: 'setSuspended'; readonly instanceId: string; readonly suspended: boolean }

export type IncidentCommand =
  | { readonly kind: 'resolveIncident'; readonly instanceId: string; readonly incidentId: string }
  | { readonly kind: 'annotateIncident'; readonly instanceId: string; readonly incidentId: string; readonly annotation: string | null }
