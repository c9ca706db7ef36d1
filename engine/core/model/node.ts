import type { Expression } from '../expression/ast.ts'
import type { FormFields } from './form-fields.ts'
import type { Timer } from './job-declaration.ts'

/** A flow node, a scope or the process itself. Linked; built by the compiler, then left alone. */
export interface Node {
  readonly id: string
  readonly name: string | null
  /** Camunda's name for history and the activity tree: `userTask`, `multiInstanceBody`, `boundaryTimer`, … */
  readonly activityType: string
  readonly behavior: Behavior
  /** The enclosing scope; null of the process. */
  readonly parent: Node | null
  /** The node in whose scope instance an event waits: of a boundary event the activity, of an event subprocess's start event the parent scope. */
  readonly eventScope: Node | null
  readonly isScope: boolean
  readonly incoming: readonly Flow[]
  readonly outgoing: readonly Flow[]
  readonly defaultFlow: Flow | null
  /** Nodes directly within, in document order. */
  readonly children: readonly Node[]
  readonly boundaryEvents: readonly Node[]
  readonly eventSubprocesses: readonly Node[]
  readonly async: Async
  readonly inputs: readonly Parameter[]
  readonly outputs: readonly Parameter[]
  readonly startListeners: readonly Listener[]
  readonly endListeners: readonly Listener[]
  readonly isForCompensation: boolean
  /** The handler of the activity's compensation boundary event. */
  readonly compensationHandler: Node | null
  readonly properties: Readonly<Record<string, string>>
  /** Of start events and user tasks. */
  readonly formFields: FormFields
}

export interface Flow {
  readonly id: string
  readonly name: string | null
  readonly source: Node
  readonly target: Node
  readonly condition: Condition | null
  readonly takeListeners: readonly Listener[]
}

export interface Condition {
  readonly expression: Expression
  readonly language: 'juel' | 'feel'
}

export interface Async {
  readonly before: boolean
  readonly after: boolean
  readonly exclusive: boolean
  /** Keys of job declarations. */
  readonly beforeKey: string
  readonly afterKey: string
  readonly retryTimeCycle: Expression | null
  readonly priority: Expression | null
}

export interface Parameter {
  readonly name: string
  readonly value: ParameterValue
}

export type ParameterValue =
  | { readonly kind: 'expression'; readonly expression: Expression }
  | { readonly kind: 'list'; readonly items: readonly ParameterValue[] }
  | { readonly kind: 'map'; readonly entries: readonly { readonly key: Expression; readonly value: ParameterValue }[] }
  | { readonly kind: 'null' }

export type Listener =
  | { readonly kind: 'expression'; readonly expression: Expression }
  | { readonly kind: 'handler'; readonly handler: HandlerRef }

/** A handler by its name, with the values of `camunda:field`. */
export interface HandlerRef {
  readonly name: string
  readonly fields: readonly { readonly name: string; readonly value: Expression }[]
}

export interface TaskListener {
  readonly event: 'create' | 'assignment' | 'update' | 'complete' | 'delete' | 'timeout'
  readonly listener: Listener
  readonly timer: Timer | null
  readonly jobKey: string
}

export interface FormRef {
  readonly key: Expression
  readonly binding: 'latest' | 'deployment' | 'version'
  readonly version: Expression | null
}

export interface TaskDeclaration {
  readonly name: Expression | null
  readonly description: Expression | null
  readonly assignee: Expression | null
  readonly owner: Expression | null
  readonly candidateUsers: readonly Expression[]
  readonly candidateGroups: readonly Expression[]
  readonly due: Expression | null
  readonly followUp: Expression | null
  readonly priority: Expression | null
  readonly formKey: Expression | null
  readonly formRef: FormRef | null
  readonly listeners: readonly TaskListener[]
}

/** A caught error: `code` null catches all. */
export interface ErrorCatch {
  readonly code: string | null
  readonly codeVariable: string | null
  readonly messageVariable: string | null
}

export interface EscalationCatch {
  readonly code: string | null
  readonly codeVariable: string | null
}

/** The error of an external task: thrown when the condition holds on completion or failure. */
export interface ExternalTaskError {
  readonly code: string
  readonly message: string | null
  readonly condition: Expression
}

export interface ExternalTaskDeclaration {
  readonly topic: Expression
  readonly priority: Expression | null
  readonly errors: readonly ExternalTaskError[]
}

/** What an event waits for. */
export type Trigger =
  | { readonly kind: 'none' }
  | { readonly kind: 'timer'; readonly timer: Timer; readonly jobKey: string }
  | { readonly kind: 'message'; readonly name: Expression }
  | { readonly kind: 'signal'; readonly name: Expression; readonly async: boolean }
  | {
      readonly kind: 'conditional'
      readonly condition: Expression
      readonly variableName: string | null
      readonly variableEvents: readonly string[]
    }
  | { readonly kind: 'error'; readonly error: ErrorCatch }
  | { readonly kind: 'escalation'; readonly escalation: EscalationCatch }
  | { readonly kind: 'compensate' }
  | { readonly kind: 'cancel' }

export interface VariableMapping {
  readonly kind: 'all' | 'variable' | 'expression' | 'businessKey'
  readonly source: string
  readonly sourceExpression: Expression | null
  readonly target: string
  readonly local: boolean
}

export interface CalledElement {
  readonly key: Expression
  readonly binding: 'latest' | 'deployment' | 'version' | 'versionTag'
  readonly version: Expression | null
  readonly versionTag: Expression | null
  readonly tenantId: Expression | null
  readonly businessKey: Expression | null
  readonly inputs: readonly VariableMapping[]
  readonly outputs: readonly VariableMapping[]
}

export interface MultiInstance {
  readonly sequential: boolean
  readonly cardinality: Expression | null
  readonly collection: Expression | null
  /** Name of a variable that holds the collection. */
  readonly collectionVariable: string | null
  readonly elementVariable: string | null
  readonly completionCondition: Expression | null
  readonly inner: Node
}

export type Behavior =
  | { readonly kind: 'process' }
  | { readonly kind: 'subprocess'; readonly transaction: boolean; readonly start: Node | null }
  | { readonly kind: 'eventSubprocess'; readonly start: Node }
  | { readonly kind: 'multiInstanceBody'; readonly multiInstance: MultiInstance }
  | {
      readonly kind: 'startEvent'
      readonly trigger: Trigger
      readonly interrupting: boolean
      readonly initiator: string | null
      readonly form: StartForm | null
    }
  | { readonly kind: 'boundaryEvent'; readonly trigger: Trigger; readonly cancelActivity: boolean; readonly attachedTo: Node }
  | { readonly kind: 'intermediateCatch'; readonly trigger: Trigger; readonly afterEventGateway: boolean }
  | { readonly kind: 'pass' }
  | { readonly kind: 'userTask'; readonly task: TaskDeclaration }
  | { readonly kind: 'externalTask'; readonly external: ExternalTaskDeclaration }
  | { readonly kind: 'expressionTask'; readonly expression: Expression; readonly resultVariable: string | null }
  | { readonly kind: 'handlerTask'; readonly handler: HandlerRef }
  | { readonly kind: 'scriptTask'; readonly script: Expression; readonly language: 'juel' | 'feel'; readonly resultVariable: string | null }
  | { readonly kind: 'receiveTask'; readonly message: Expression | null }
  | {
      readonly kind: 'decisionTask'
      readonly decisionRef: Expression
      readonly binding: 'latest' | 'deployment' | 'version' | 'versionTag'
      readonly version: Expression | null
      readonly versionTag: Expression | null
      readonly tenantId: Expression | null
      readonly mapResult: 'singleEntry' | 'singleResult' | 'collectEntries' | 'resultList'
      readonly resultVariable: string | null
    }
  | { readonly kind: 'callActivity'; readonly called: CalledElement }
  | { readonly kind: 'exclusiveGateway' }
  | { readonly kind: 'parallelGateway' }
  | {
      readonly kind: 'inclusiveGateway' /** Nodes from which a token can still reach it, in its own scope. */
      readonly reachableFrom: ReadonlySet<string>
    }
  | { readonly kind: 'eventGateway'; readonly events: readonly Node[] }
  | { readonly kind: 'noneThrow' }
  | { readonly kind: 'noneEnd' }
  | { readonly kind: 'terminateEnd' }
  | { readonly kind: 'cancelEnd' }
  | { readonly kind: 'errorEnd'; readonly code: Expression; readonly message: Expression | null }
  | {
      readonly kind: 'signalThrow'
      readonly name: Expression
      readonly async: boolean
      readonly inputs: readonly VariableMapping[]
      readonly isEnd: boolean
    }
  | { readonly kind: 'escalationThrow'; readonly code: Expression; readonly isEnd: boolean }
  | { readonly kind: 'compensationThrow'; readonly activityRef: string | null; readonly isEnd: boolean }

export interface StartForm {
  readonly formKey: string | null
  readonly formRef: FormRef | null
}
