import type { Value } from './value.ts'

/**
 * The state of running instances. Plain data, element ids and never indexes, so that it survives a change of the compiler.
 *
 * An instance is a tree of scopes; in each scope walk tokens. A token that stands on a node which is itself a scope points to
 * the scope that it opened (`childScopeId`). Execution ids as Camunda shows them: a scope has one; the lone first token of a
 * scope shares it; as soon as a second token appears both have ids of their own.
 */
export interface Family {
  readonly rootId: string
  /** Counter of history events and compensation entries; one for the family. Stored with the root's row. */
  readonly seq: number
  readonly instances: ReadonlyMap<string, Instance>
  /**
   * Only some members were read: those that a command names and who called them. A step that looks for another one answers `needs`.
   * Absent: these are all.
   */
  readonly isPartial?: boolean
}

export interface Instance {
  readonly id: string
  readonly rootId: string
  readonly definitionId: string
  readonly businessKey: string | null
  readonly tenantId: string | null
  /** The call activity's instance and token, of a called instance. */
  readonly superInstanceId: string | null
  readonly superTokenId: string | null
  readonly suspended: boolean
  readonly startActivityId: string
  readonly startUserId: string | null
  readonly startedAt: number
  readonly scopes: ReadonlyMap<string, Scope>
  readonly tokens: ReadonlyMap<string, Token>
  readonly tasks: ReadonlyMap<string, Task>
  readonly jobs: ReadonlyMap<string, Job>
  readonly subscriptions: ReadonlyMap<string, Subscription>
  readonly externalTasks: ReadonlyMap<string, ExternalTask>
  readonly incidents: ReadonlyMap<string, Incident>
}

/** A variable of a scope, a token or a task. The id is stable while the variable lives. */
export interface Variable {
  readonly id: string
  readonly value: Value
  readonly createdAt: number
  /** Activity instance of the scope that it belongs to. */
  readonly activityInstanceId: string
  /** In how many steps it was changed; absent: in none since it came. */
  readonly revision?: number
  readonly transient?: true
}

export type VariableMap = Readonly<Record<string, Variable>>

export interface Scope {
  readonly id: string
  /** null: the instance's outermost scope, whose id is the instance's. */
  readonly parentId: string | null
  /** The token in the parent scope that stands on this scope's node. */
  readonly tokenId: string | null
  /** Element id; `id#multiInstanceBody` for the body of a multi-instance activity; the process id for the outermost. */
  readonly node: string
  readonly activityInstanceId: string
  readonly vars: VariableMap
  readonly compensations: readonly CompensationEntry[]
  /** Opened again for a completed subprocess whose handlers run: no events, no history, no flows. */
  readonly compensating?: true
}

/** What a completed activity leaves behind to be compensated. */
export interface CompensationEntry {
  readonly id: string
  /** Order of completion within the family. */
  readonly seq: number
  /** The completed activity. */
  readonly activityId: string
  /** The compensation handler; for a completed subprocess its own compensation event subprocess's start event, or itself. */
  readonly handlerId: string
  readonly activityInstanceId: string
  readonly createdAt: number
  /** Local variables of a completed subprocess, which its handlers see. */
  readonly vars: VariableMap
  readonly inner: readonly CompensationEntry[]
}

export type TokenPhase =
  /** Before its node: waits for its asynchronous continuation (`asyncBefore`). */
  | 'async-before'
  /** After its node: waits for its asynchronous continuation (`asyncAfter`). */
  | 'async-after'
  /** On its node. */
  | 'active'
  /** Waits at a joining gateway. */
  | 'joining'
  /** Finished inside a parallel multi-instance body, which still runs; or an ended branch that waits for the scope. */
  | 'finished'
  /** Waits until compensation handlers that it started have ended. */
  | 'compensating'
  /** Between two nodes: only inside a step. */
  | 'moving'

export interface Token {
  readonly id: string
  readonly scopeId: string
  readonly node: string | null
  readonly phase: TokenPhase
  readonly activityInstanceId: string | null
  /** Branch-local variables; never of a token that shares its scope's id. */
  readonly vars: VariableMap
  readonly childScopeId: string | null
  readonly calledInstanceId: string | null
  /** The flow by which it came, or will leave by after an asynchronous continuation. */
  readonly flowId: string | null
  /** Family counter at creation: creation order. */
  readonly seq: number
}

export interface IdentityLink {
  readonly id: string
  readonly type: string
  readonly userId: string | null
  readonly groupId: string | null
}

export interface Task {
  readonly id: string
  /** The execution: a token's id. */
  readonly executionId: string
  readonly node: string
  readonly activityInstanceId: string
  readonly name: string | null
  readonly description: string | null
  readonly assignee: string | null
  readonly owner: string | null
  readonly delegation: 'PENDING' | 'RESOLVED' | null
  readonly priority: number
  readonly due: number | null
  readonly followUp: number | null
  readonly parentTaskId: string | null
  /** Tasks made by hand hang below it; they go with it. */
  readonly hasSubTasks?: true
  readonly createdAt: number
  readonly updatedAt: number | null
  readonly formKey: string | null
  readonly formRef: { readonly key: string; readonly binding: string; readonly version: number | null } | null
  readonly links: readonly IdentityLink[]
  readonly vars: VariableMap
}

export type JobHandler =
  | 'async-continuation'
  | 'timer-transition'
  | 'timer-intermediate-transition'
  | 'timer-start-event-subprocess'
  | 'timer-task-listener'
  | 'event-delivery'

export interface Job {
  readonly id: string
  readonly handler: JobHandler
  /** The execution: a scope's id for timers, a token's for asynchronous continuations. */
  readonly executionId: string
  /** The event or activity that the job belongs to. */
  readonly node: string
  /** Which declaration of the model it came from: key into `Definition.jobDefinitions`. */
  readonly declaration: string
  readonly jobDefinitionId: string | null
  readonly due: number | null
  readonly repeat: Repeat | null
  readonly retries: number
  /** Whether a failure was counted yet: the first failure reads the retry time cycle. */
  readonly failures: number
  readonly exclusive: boolean
  readonly priority: number
  readonly suspended: boolean
  readonly createdAt: number
  readonly error: { readonly message: string; readonly stack: string | null; readonly failedActivityId: string | null } | null
  /** `timer-task-listener`: the task and the listener's index. */
  readonly taskId?: string
  readonly listener?: number
  /** `event-delivery`: a signal that was thrown asynchronously, with its payload. */
  readonly delivery?: Delivery
}

export interface Delivery {
  readonly subscriptionId: string
  readonly vars: VariableMap
}

/** A repeating timer: ISO repetition with its start written in, or cron. `offsetMs`: a shift that later dates keep. */
export interface Repeat {
  readonly text: string
  readonly offsetMs: number
}

export type SubscriptionType = 'message' | 'signal' | 'conditional' | 'compensate'

export interface Subscription {
  readonly id: string
  readonly type: SubscriptionType
  readonly name: string | null
  readonly executionId: string
  /** The event that it triggers. */
  readonly node: string
  readonly createdAt: number
  readonly seq: number
}

export interface ExternalTask {
  readonly id: string
  readonly executionId: string
  readonly node: string
  readonly activityInstanceId: string
  readonly topic: string
  readonly priority: number
  readonly workerId: string | null
  readonly lockExpiresAt: number | null
  readonly retries: number | null
  readonly errorMessage: string | null
  readonly errorDetails: string | null
  readonly createdAt: number
}

export interface Incident {
  readonly id: string
  readonly type: string
  readonly executionId: string
  readonly activityId: string
  readonly failedActivityId: string | null
  /** The job's or external task's id. */
  readonly configuration: string | null
  readonly message: string | null
  readonly createdAt: number
  readonly causeIncidentId: string
  readonly rootCauseIncidentId: string
  readonly jobDefinitionId: string | null
  readonly annotation: string | null
}

export const noVariables: VariableMap = Object.freeze({})
