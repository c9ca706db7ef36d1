import type { ExecutionHost, TaskHost } from './expression/host.ts'
import type { Value } from './value.ts'

/**
 * Code of the embedder's that models call by name. A pure handler runs within the step, so it must be synchronous and must touch
 * nothing but what it is given: a step may be run again. What has an effect outside is `remote`: its task becomes an external task.
 */
export type Handler = PureHandler | RemoteHandler

export interface PureHandler {
  readonly remote?: false
  /** As `camunda:class` or `camunda:delegateExpression` of a task or a listener. May throw `BpmnError` in a task. */
  execute?(call: HandlerCall): void
  /** As `${name.method(a, b)}` in any expression. */
  readonly methods?: Readonly<Record<string, (...args: readonly Value[]) => Value>>
}

/** Its task becomes an external task whose topic is the handler's name; a listener cannot be remote, for it cannot wait. */
export interface RemoteHandler {
  readonly remote: true
}

/** By the class name of `camunda:class`, or the name in `camunda:delegateExpression="${name}"`. */
export type Handlers = Readonly<Record<string, Handler>>

/** What a handler sees. It reads and writes variables by `execution`, as an expression does. */
export interface HandlerCall {
  readonly execution: ExecutionHost
  /** In a task listener. */
  readonly task: TaskHost | null
  /** The values of `camunda:field`. */
  readonly fields: Readonly<Record<string, Value>>
  /** epoch ms */
  readonly now: number
}

/** Thrown by a handler: an error event of the model may catch it. */
export class BpmnError extends Error {
  readonly code: string
  constructor(code: string, message = '') {
    super(message)
    this.name = 'BpmnError'
    this.code = code
  }
}

/** Own properties only: no name of a model reaches what every object has. */
export const handlerNamed = (handlers: Handlers | undefined, name: string): Handler | undefined =>
  handlers && Object.hasOwn(handlers, name) ? handlers[name] : undefined
