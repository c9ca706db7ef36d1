import type { Value } from '../value.ts'
import type { Operand } from './operand.ts'

/**
 * The objects of a running step that expressions may touch. The core implements them over the step's draft, with the same
 * operations that commands use. What of them an expression can reach is listed in `host-members.ts`, nothing else.
 */
export type Host = ExecutionHost | TaskHost | ExternalTaskHost | BeanHost

/** A registered handler as `${name.method(…)}`. */
export interface BeanHost {
  readonly kind: 'bean'
  readonly name: string
  readonly methods: Readonly<Record<string, (...args: readonly Value[]) => Value>>
}

/** `execution`, `task.execution`, `execution.processInstance`. Names are those of Camunda's DelegateExecution. */
export interface ExecutionHost {
  readonly kind: 'execution'
  readonly id: string
  readonly parentId: string | null
  readonly processInstanceId: string
  readonly processDefinitionId: string
  readonly processDefinitionKey: string
  readonly processBusinessKey: string | null
  readonly tenantId: string | null
  readonly activityInstanceId: string | null
  readonly parentActivityInstanceId: string | null
  readonly currentActivityId: string | null
  readonly currentActivityName: string | null
  readonly currentTransitionId: string | null
  /** `start`, `end` or `take` in a listener, else null. */
  readonly eventName: string | null
  readonly canceled: boolean
  readonly processInstance: ExecutionHost
  readonly superExecution: ExecutionHost | null
  /** Undefined when no scope from here upwards has it. */
  getVariable(name: string): Operand | undefined
  getVariableLocal(name: string): Operand | undefined
  variableNames(): readonly string[]
  variableNamesLocal(): readonly string[]
  setVariable(name: string, value: Value): void
  setVariableLocal(name: string, value: Value): void
  removeVariable(name: string): void
  removeVariableLocal(name: string): void
  setProcessBusinessKey(businessKey: string): void
}

/** `task` in task listeners, assignments, names. */
export interface TaskHost {
  readonly kind: 'task'
  readonly id: string
  readonly name: string | null
  readonly description: string | null
  readonly assignee: string | null
  readonly owner: string | null
  readonly priority: number
  /** epoch ms */
  readonly createTime: number
  readonly dueDate: number | null
  readonly followUpDate: number | null
  readonly taskDefinitionKey: string | null
  readonly executionId: string
  readonly processInstanceId: string
  readonly processDefinitionId: string
  readonly tenantId: string | null
  /** `create`, `assignment`, `update`, `complete`, `delete` or `timeout`. */
  readonly eventName: string | null
  readonly deleteReason: string | null
  readonly candidateUsers: readonly string[]
  readonly candidateGroups: readonly string[]
  readonly execution: ExecutionHost
  getVariable(name: string): Operand | undefined
  getVariableLocal(name: string): Operand | undefined
  variableNames(): readonly string[]
  variableNamesLocal(): readonly string[]
  setVariable(name: string, value: Value): void
  setVariableLocal(name: string, value: Value): void
  removeVariable(name: string): void
  removeVariableLocal(name: string): void
  setName(name: string | null): void
  setDescription(description: string | null): void
  setAssignee(userId: string | null): void
  setOwner(userId: string | null): void
  setPriority(priority: number): void
  setDueDate(at: number | null): void
  setFollowUpDate(at: number | null): void
  addCandidateUser(userId: string): void
  addCandidateGroup(groupId: string): void
  deleteCandidateUser(userId: string): void
  deleteCandidateGroup(groupId: string): void
  /** Completes the task when the listener has returned; never re-enters. */
  complete(): void
}

/** `externalTask` in the error event definitions of an external task. */
export interface ExternalTaskHost {
  readonly kind: 'externalTask'
  readonly id: string
  readonly topicName: string
  readonly workerId: string | null
  readonly errorMessage: string | null
  readonly errorDetails: string | null
  readonly retries: number | null
  readonly priority: number
  readonly activityId: string
  readonly activityInstanceId: string
  readonly executionId: string
  readonly processInstanceId: string
  readonly processDefinitionId: string
  readonly processDefinitionKey: string
  readonly businessKey: string | null
  readonly tenantId: string | null
}

/** What an expression sees while it runs. */
export interface ExpressionScope {
  /** epoch ms */
  readonly now: number
  /** IANA name, for `dateTime()`. */
  readonly zone: string
  /** What `currentUser()` answers; null when nobody is signed in. */
  readonly currentUser?: string | null
  /**
   * A variable, or a host object by its name: `execution`, `task`, `externalTask` (`hostOf(…)`), `decisionResult` (a list of
   * maps). Undefined for an unknown name, which is a failure, never null.
   */
  resolve(name: string): Operand | undefined
}
