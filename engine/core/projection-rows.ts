import type { Value } from './value.ts'

/** The index rows of a family: what queries read. Derived from the snapshot, maintained by changes. Keys are `id`. */
export interface Rows {
  readonly instance: InstanceRow
  readonly execution: ExecutionRow
  readonly variable: VariableRow
  readonly task: TaskRow
  readonly identityLink: IdentityLinkRow
  readonly job: JobRow
  readonly subscription: SubscriptionRow
  readonly externalTask: ExternalTaskRow
  readonly incident: IncidentRow
}

export type RowKind = keyof Rows

export const rowKinds: readonly RowKind[] = [
  'instance',
  'execution',
  'variable',
  'task',
  'identityLink',
  'job',
  'subscription',
  'externalTask',
  'incident',
]

/** One index row to insert, to write over, or to delete. */
export type EntityChange = {
  [K in RowKind]:
    | { readonly kind: K; readonly op: 'insert' | 'update'; readonly id: string; readonly row: Rows[K] }
    | ({ readonly kind: K; readonly op: 'delete'; readonly id: string; readonly instanceId: string } & (K extends 'identityLink'
        ? { readonly taskId: string }
        : unknown))
}[RowKind]

export interface InstanceRow {
  readonly id: string
  readonly rootId: string
  readonly definitionId: string
  readonly definitionKey: string
  readonly businessKey: string | null
  readonly tenantId: string | null
  readonly superInstanceId: string | null
  readonly superExecutionId: string | null
  readonly suspended: boolean
  readonly startedAt: number
}

interface OfInstance {
  readonly id: string
  readonly instanceId: string
  readonly rootId: string
  readonly definitionId: string
  readonly definitionKey: string
  readonly tenantId: string | null
}

export interface ExecutionRow extends OfInstance {
  /** null: the instance's own execution. */
  readonly parentId: string | null
  /** What the execution stands on; null while others walk in its scope. */
  readonly activityId: string | null
  readonly activityInstanceId: string | null
  /** Element id of the scope that it belongs to. */
  readonly scopeNode: string
  readonly isScope: boolean
  readonly isConcurrent: boolean
  /** Executes its activity now (waiting there): counts as an instance of it. */
  readonly isActive: boolean
  readonly phase: string
  readonly suspended: boolean
  /** Waits asynchronously before or after its activity: a transition instance. */
  readonly isTransition: boolean
  /** Camunda's activity type of `activityId`, `multiInstanceBody` for a body. */
  readonly activityType: string | null
  readonly seq: number
}

export interface VariableRow extends OfInstance {
  readonly name: string
  readonly value: Value
  readonly executionId: string
  readonly taskId: string | null
  readonly activityInstanceId: string
  readonly createdAt: number
}

export interface TaskRow extends OfInstance {
  readonly executionId: string
  readonly activityId: string
  readonly activityInstanceId: string
  readonly businessKey: string | null
  readonly name: string | null
  readonly description: string | null
  readonly assignee: string | null
  readonly owner: string | null
  readonly delegation: string | null
  readonly priority: number
  readonly due: number | null
  readonly followUp: number | null
  readonly parentTaskId: string | null
  readonly createdAt: number
  readonly updatedAt: number | null
  readonly formKey: string | null
  readonly formRefKey: string | null
  readonly formRefBinding: string | null
  readonly formRefVersion: number | null
  readonly suspended: boolean
}

export interface IdentityLinkRow extends OfInstance {
  readonly taskId: string
  readonly type: string
  readonly userId: string | null
  readonly groupId: string | null
}

/** Lock owner and lock expiry of jobs are the runtime's own columns, not part of the projection. */
export interface JobRow extends OfInstance {
  readonly executionId: string
  readonly activityId: string
  readonly handler: string
  readonly declaration: string
  readonly jobDefinitionId: string | null
  readonly due: number | null
  readonly retries: number
  readonly exclusive: boolean
  readonly priority: number
  readonly suspended: boolean
  readonly createdAt: number
  readonly errorMessage: string | null
  readonly errorStack: string | null
  readonly failedActivityId: string | null
}

export interface SubscriptionRow extends OfInstance {
  readonly type: string
  readonly name: string | null
  readonly executionId: string
  readonly activityId: string
  readonly createdAt: number
  readonly seq: number
  readonly businessKey: string | null
  readonly suspended: boolean
}

export interface ExternalTaskRow extends OfInstance {
  readonly executionId: string
  readonly activityId: string
  readonly activityInstanceId: string
  readonly businessKey: string | null
  readonly topic: string
  readonly priority: number
  readonly workerId: string | null
  readonly lockExpiresAt: number | null
  readonly retries: number | null
  readonly errorMessage: string | null
  readonly errorDetails: string | null
  readonly createdAt: number
  readonly suspended: boolean
}

export interface IncidentRow extends OfInstance {
  readonly type: string
  readonly executionId: string
  readonly activityId: string
  readonly failedActivityId: string | null
  readonly configuration: string | null
  readonly message: string | null
  readonly createdAt: number
  readonly causeIncidentId: string
  readonly rootCauseIncidentId: string
  readonly jobDefinitionId: string | null
  readonly annotation: string | null
}
