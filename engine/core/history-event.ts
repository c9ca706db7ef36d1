import type { Value } from './value.ts'

/** What has happened, in order. `seq` is the family's counter: total order within a family. */
export type HistoryEvent = {
  readonly seq: number
  readonly at: number
  readonly rootId: string
  readonly instanceId: string
  readonly definitionId: string
  readonly tenantId: string | null
} & HistoryFact

export type InstanceEndState = 'COMPLETED' | 'EXTERNALLY_TERMINATED' | 'INTERNALLY_TERMINATED'

export type HistoryFact =
  | {
      readonly kind: 'instance-started'
      readonly businessKey: string | null
      readonly superInstanceId: string | null
      readonly startActivityId: string
      readonly startUserId: string | null
    }
  /** The header names the new definition. */
  | { readonly kind: 'instance-migrated' }
  | {
      readonly kind: 'activity-migrated'
      readonly activityInstanceId: string
      readonly parentActivityInstanceId: string
      readonly activityId: string
      readonly activityName: string | null
      readonly activityType: string
      readonly executionId: string
    }
  | { readonly kind: 'task-migrated'; readonly taskId: string; readonly activityId: string }
  | { readonly kind: 'instance-updated'; readonly state: 'ACTIVE' | 'SUSPENDED'; readonly businessKey: string | null }
  | {
      readonly kind: 'instance-ended'
      readonly state: InstanceEndState
      readonly endActivityId: string | null
      readonly deleteReason: string | null
    }
  | {
      readonly kind: 'activity-started'
      readonly activityInstanceId: string
      readonly parentActivityInstanceId: string
      readonly executionId: string
      readonly activityId: string
      readonly activityName: string | null
      /** Camunda's names: `userTask`, `multiInstanceBody`, `boundaryTimer`, `noneEndEvent`, … */
      readonly activityType: string
    }
  | {
      readonly kind: 'activity-updated'
      readonly activityInstanceId: string
      readonly executionId?: string
      readonly taskId?: string
      readonly assignee?: string | null
      readonly calledInstanceId?: string
    }
  | {
      readonly kind: 'activity-ended'
      readonly activityInstanceId: string
      readonly activityId: string
      readonly canceled: boolean
      readonly completeScope: boolean
    }
  | {
      readonly kind: 'task-created'
      readonly taskId: string
      readonly executionId: string
      readonly activityInstanceId: string
      readonly activityId: string
      readonly task: HistoricTask
    }
  | { readonly kind: 'task-updated'; readonly taskId: string; readonly task: HistoricTask }
  | {
      readonly kind: 'task-ended'
      readonly taskId: string
      readonly activityId: string
      readonly reason: 'completed' | 'deleted'
      readonly deleteReason: string
    }
  | {
      readonly kind: 'identity-link-added' | 'identity-link-deleted'
      readonly taskId: string
      readonly linkType: string
      readonly userId: string | null
      readonly groupId: string | null
    }
  | {
      readonly kind: 'variable-created' | 'variable-updated'
      readonly variableId: string
      readonly name: string
      readonly value: Value
      readonly executionId: string
      /** Activity instance of the scope that holds it. */
      readonly activityInstanceId: string
      /** Activity instance that set it, where that is another one; null: the instance was being called. */
      readonly setIn?: string | null
      readonly taskId: string | null
      /** In how many steps it was changed before. */
      readonly revision: number
      /** Set with the start of the instance. */
      readonly initial: boolean
    }
  | {
      readonly kind: 'variable-deleted'
      readonly variableId: string
      readonly name: string
      readonly type: Value['t']
      readonly revision: number
      readonly removed: boolean
      readonly executionId: string
      readonly activityInstanceId: string
      readonly taskId: string | null
    }
  | {
      readonly kind: 'incident-created'
      readonly incidentId: string
      readonly type: string
      readonly executionId: string
      readonly activityId: string
      readonly failedActivityId: string | null
      readonly configuration: string | null
      readonly message: string | null
      readonly causeIncidentId: string
      readonly rootCauseIncidentId: string
      readonly jobDefinitionId: string | null
    }
  | { readonly kind: 'incident-ended'; readonly incidentId: string; readonly state: 'resolved' | 'deleted' }
  | { readonly kind: 'incident-annotated'; readonly incidentId: string; readonly annotation: string | null }
  | {
      readonly kind: 'external-task-log'
      readonly state: 'created' | 'failed' | 'successful' | 'deleted'
      readonly externalTaskId: string
      readonly executionId: string
      readonly activityId: string
      readonly activityInstanceId: string
      readonly topic: string
      readonly workerId: string | null
      readonly priority: number
      readonly retries: number | null
      readonly errorMessage: string | null
      readonly errorDetails: string | null
    }
  | {
      readonly kind: 'job-log'
      readonly state: 'created' | 'failed' | 'successful' | 'deleted'
      readonly jobId: string
      readonly jobDefinitionId: string | null
      readonly handler: string
      readonly executionId: string
      readonly activityId: string
      readonly due: number | null
      readonly retries: number
      readonly priority: number
      readonly errorMessage: string | null
      readonly errorStack: string | null
      readonly failedActivityId: string | null
    }
  | {
      readonly kind: 'decision-evaluated'
      readonly decisionDefinitionId: string
      readonly activityId: string
      readonly activityInstanceId: string
      readonly executionId: string
      readonly detail: unknown
    }

export interface HistoricTask {
  readonly name: string | null
  readonly description: string | null
  readonly assignee: string | null
  readonly owner: string | null
  readonly priority: number
  readonly due: number | null
  readonly followUp: number | null
  readonly parentTaskId: string | null
}
