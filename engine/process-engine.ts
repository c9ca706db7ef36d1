import type { Tx } from '../database/database.ts'
import type { Value, Variables } from './core/value.ts'

/**
 * The port behind which the engine stands (architecture.md D3, §5). Two implementations: the embedded engine and a client
 * of any Camunda-7-compatible REST server. Names are those of the Camunda 7 REST API.
 *
 * Mutating calls take an optional `tx`, by default the transaction that the call is inside of: the embedded engine joins it (its
 * writes commit with the caller's), the remote engine makes the call once, after it has committed. Refusals throw `EngineError` with
 * a code from the engine's failure table.
 */
export interface ProcessEngine {
  readonly kind: 'embedded' | 'remote'
  readonly deployments: Deployments
  readonly definitions: Definitions
  readonly instances: Instances
  readonly tasks: Tasks
  readonly externalTasks: ExternalTasks
  readonly messages: Messages
  readonly signals: Signals
  readonly jobs: Jobs
  readonly incidents: Incidents
  readonly history: History
  /**
   * Calls `listener` for each event, inside the transaction that caused it (embedded) or late, in a transaction of its own (remote):
   * listeners are idempotent by id and tolerate "ended before seen". Returns the function that unsubscribes.
   */
  onEvent(listener: (event: EngineEvent, tx: Tx) => Promise<void>): () => void
  /**
   * Waits, `withinMs` at most, until what was called in committed transactions has been done and the listeners know of it. True when
   * it is so; always, and at once, with the embedded engine.
   */
  caughtUp(withinMs: number): Promise<boolean>
  start(): Promise<void>
  stop(): Promise<void>
}

/** What a listener learns. `sourceAt` is the engine's time, epoch ms. */
export type EngineEvent =
  | { readonly kind: 'task-created'; readonly task: TaskInfo; readonly at: number }
  | {
      readonly kind: 'task-ended'
      readonly taskId: string
      readonly taskDefinitionKey: string
      readonly processInstanceId: string
      readonly reason: 'completed' | 'cancelled'
      readonly at: number
    }
  | { readonly kind: 'instance-started'; readonly instance: InstanceInfo; readonly at: number }
  | {
      readonly kind: 'instance-ended'
      readonly processInstanceId: string
      readonly definitionKey: string
      readonly businessKey: string | null
      readonly tenantId: string | null
      readonly state: InstanceState
      readonly at: number
    }
  | {
      readonly kind: 'activity-started' | 'activity-ended'
      readonly activityId: string
      readonly activityType: string
      readonly activityInstanceId: string
      readonly processInstanceId: string
      readonly rootProcessInstanceId: string
      readonly definitionId: string
      readonly businessKey: string | null
      readonly tenantId: string | null
      readonly cancelled: boolean
      readonly at: number
    }
  | { readonly kind: 'incident-created'; readonly incident: IncidentInfo; readonly at: number }
  | { readonly kind: 'jobs-created' | 'external-tasks-created'; readonly at: number }

export type InstanceState = 'ACTIVE' | 'SUSPENDED' | 'COMPLETED' | 'EXTERNALLY_TERMINATED' | 'INTERNALLY_TERMINATED'

export interface TaskInfo {
  readonly id: string
  readonly name: string | null
  readonly taskDefinitionKey: string
  readonly processInstanceId: string
  readonly rootProcessInstanceId: string
  readonly processDefinitionId: string
  readonly processDefinitionKey: string
  readonly executionId: string
  readonly businessKey: string | null
  readonly tenantId: string | null
  readonly assignee: string | null
  readonly formKey: string | null
  /** epoch ms */
  readonly created: number
  readonly due: number | null
}

export interface InstanceInfo {
  readonly id: string
  readonly definitionId: string
  readonly definitionKey: string
  readonly businessKey: string | null
  readonly rootProcessInstanceId: string
  readonly superProcessInstanceId: string | null
  readonly tenantId: string | null
  readonly suspended: boolean
  readonly ended: boolean
}

export interface DefinitionInfo {
  readonly id: string
  readonly key: string
  readonly name: string | null
  readonly version: number
  readonly versionTag: string | null
  readonly deploymentId: string
  readonly resource: string
  readonly tenantId: string | null
}

export interface Resource {
  readonly name: string
  readonly content: string
}

/** A finding of the BPMN reader or compiler: what, where. `line` and `column` are 1-based; 0 when unknown. */
export interface Finding {
  readonly severity: 'error' | 'warning'
  readonly code: string
  readonly message: string
  readonly resource: string
  readonly elementIds: readonly string[]
  readonly line: number
  readonly column: number
}

export interface Deployments {
  /** Throws `EngineError` code `parse-failed` with `findings` when a model is refused: nothing is stored then. */
  create(
    request: { name: string; source?: string; tenantId?: string | null; resources: readonly Resource[]; duplicateFiltering?: boolean },
    tx?: Tx,
  ): Promise<{ id: string; definitions: readonly DefinitionInfo[] }>
  /** Compiles without storing: what `create` would refuse or warn of. */
  check(resources: readonly Resource[]): Promise<readonly Finding[]>
}

export interface Definitions {
  latestByKey(key: string, tenantId?: string | null, tx?: Tx): Promise<DefinitionInfo | null>
  byId(id: string, tx?: Tx): Promise<DefinitionInfo | null>
  xml(id: string, tx?: Tx): Promise<string>
}

export type ModificationInstruction =
  | {
      readonly type: 'startBeforeActivity' | 'startAfterActivity'
      readonly activityId: string
      readonly ancestorActivityInstanceId?: string
      readonly variables?: Variables
    }
  | {
      readonly type: 'startTransition'
      readonly transitionId: string
      readonly ancestorActivityInstanceId?: string
      readonly variables?: Variables
    }
  | { readonly type: 'cancel'; readonly activityId?: string; readonly activityInstanceId?: string; readonly transitionInstanceId?: string }

export interface ActivityInstanceNode {
  readonly id: string
  readonly activityId: string
  readonly activityType: string
  readonly activityName: string | null
  readonly executionIds: readonly string[]
  readonly childActivityInstances: readonly ActivityInstanceNode[]
  readonly childTransitionInstances: readonly { readonly id: string; readonly activityId: string; readonly executionId: string }[]
}

export interface Instances {
  start(
    request: {
      definitionId?: string
      definitionKey?: string
      tenantId?: string | null
      businessKey?: string | null
      variables?: Variables
    },
    tx?: Tx,
  ): Promise<InstanceInfo>
  byId(id: string, tx?: Tx): Promise<InstanceInfo | null>
  list(
    filter: {
      businessKey?: string
      definitionKey?: string
      tenantId?: string | null
      superProcessInstanceId?: string
      rootProcessInstanceId?: string
    },
    tx?: Tx,
  ): Promise<readonly InstanceInfo[]>
  variables(id: string, tx?: Tx): Promise<Variables>
  setVariables(id: string, variables: Variables, tx?: Tx): Promise<void>
  activityTree(id: string, tx?: Tx): Promise<ActivityInstanceNode | null>
  modify(id: string, instructions: readonly ModificationInstruction[], tx?: Tx): Promise<void>
  delete(id: string, reason: string, tx?: Tx): Promise<void>
}

export interface Tasks {
  byId(id: string, tx?: Tx): Promise<TaskInfo | null>
  list(
    filter: {
      processInstanceId?: string
      rootProcessInstanceId?: string
      businessKey?: string
      taskDefinitionKey?: string
      tenantId?: string | null
    },
    tx?: Tx,
  ): Promise<readonly TaskInfo[]>
  complete(id: string, variables?: Variables, tx?: Tx): Promise<void>
  setAssignee(id: string, assignee: string | null, tx?: Tx): Promise<void>
}

export interface LockedExternalTask {
  readonly id: string
  readonly topicName: string
  readonly workerId: string
  readonly lockExpiresAt: number
  readonly activityId: string
  readonly processInstanceId: string
  readonly businessKey: string | null
  readonly tenantId: string | null
  readonly retries: number | null
  readonly variables: Variables
}

export interface ExternalTasks {
  fetchAndLock(
    request: { workerId: string; maxTasks: number; topics: readonly { topicName: string; lockMs: number }[] },
    tx?: Tx,
  ): Promise<readonly LockedExternalTask[]>
  complete(id: string, request: { workerId: string; variables?: Variables; localVariables?: Variables }, tx?: Tx): Promise<void>
  failure(
    id: string,
    request: { workerId: string; errorMessage: string; errorDetails?: string; retries: number; retryTimeoutMs: number },
    tx?: Tx,
  ): Promise<void>
  bpmnError(
    id: string,
    request: { workerId: string; errorCode: string; errorMessage?: string; variables?: Variables },
    tx?: Tx,
  ): Promise<void>
  /** Above 0: the task can be fetched again and its incident is resolved. */
  setRetries(id: string, retries: number, tx?: Tx): Promise<void>
}

export interface Messages {
  /** Without receivers and without `all`: `EngineError` code `message-mismatch`. With `all`, zero receivers are fine. */
  correlate(
    request: {
      name: string
      businessKey?: string | null
      correlationKeys?: Variables
      processInstanceId?: string
      variables?: Variables
      tenantId?: string | null
      all?: boolean
    },
    tx?: Tx,
  ): Promise<readonly { kind: 'execution' | 'definition'; processInstanceId: string }[]>
}

export interface Signals {
  broadcast(request: { name: string; variables?: Variables; tenantId?: string | null }, tx?: Tx): Promise<void>
}

export interface JobInfo {
  readonly id: string
  readonly processInstanceId: string | null
  readonly activityId: string
  readonly kind: 'timer' | 'async' | 'timer-start'
  /** epoch ms */
  readonly due: number | null
  readonly retries: number
  readonly error: string | null
}

export interface Jobs {
  list(
    filter: { processInstanceId?: string; rootProcessInstanceId?: string; activityId?: string; withException?: boolean },
    tx?: Tx,
  ): Promise<readonly JobInfo[]>
  setDue(id: string, due: number, tx?: Tx): Promise<void>
  setRetries(id: string, retries: number, tx?: Tx): Promise<void>
  execute(id: string): Promise<void>
  /** Runs everything that is due until nothing is: turned clocks, scenarios, tests. Answers how many ran. */
  runDue(): Promise<number>
}

export interface IncidentInfo {
  readonly id: string
  readonly type: string
  readonly message: string | null
  readonly processInstanceId: string | null
  readonly activityId: string | null
  readonly jobOrTaskId: string | null
  readonly tenantId: string | null
  readonly at: number
}

export interface Incidents {
  list(filter: { processInstanceId?: string; tenantId?: string | null }, tx?: Tx): Promise<readonly IncidentInfo[]>
  /**
   * Takes an incident from the list without trying again: a call to another server, or an event from it, is given up. What failed in
   * the engine itself (`failedJob`, `failedExternalTask`) cannot be resolved so: `EngineError`.
   */
  resolve(id: string, tx?: Tx): Promise<void>
}

export interface ActivityHistory {
  readonly activityInstanceId: string
  readonly activityId: string
  readonly activityType: string
  readonly activityName: string | null
  readonly processInstanceId: string
  readonly startedAt: number
  readonly endedAt: number | null
  readonly cancelled: boolean
  readonly seq: number
}

export interface History {
  activities(filter: { processInstanceId?: string; rootProcessInstanceId?: string }, tx?: Tx): Promise<readonly ActivityHistory[]>
  instance(
    id: string,
    tx?: Tx,
  ): Promise<{
    id: string
    definitionId: string
    definitionKey: string
    businessKey: string | null
    state: InstanceState
    startedAt: number
    endedAt: number | null
  } | null>
}

/** The one error that the engine throws for an expected refusal. `code` is a key of `engine/core/failure.ts`. */
export class EngineError extends Error {
  readonly code: string
  readonly data: Readonly<Record<string, unknown>>
  readonly findings: readonly Finding[]
  constructor(code: string, message: string, data: Readonly<Record<string, unknown>> = {}, findings: readonly Finding[] = []) {
    super(message)
    this.name = 'EngineError'
    this.code = code
    this.data = data
    this.findings = findings
  }
}

export type { Value, Variables }
