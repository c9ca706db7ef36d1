import type { Expression } from '../expression/ast.ts'
import type { JobDeclaration } from './job-declaration.ts'
import type { Flow, Node } from './node.ts'

/** An executable process: nodes and flows by id, linked to each other. Never changed after compilation. */
export interface ProcessModel {
  readonly id: string
  readonly name: string | null
  readonly versionTag: string | null
  readonly documentation: string | null
  readonly startableInTasklist: boolean
  /** Text of `historyTimeToLive`, as given. */
  readonly historyTimeToLive: string | null
  readonly candidateStarterUsers: readonly string[]
  readonly candidateStarterGroups: readonly string[]
  readonly root: Node
  readonly nodes: ReadonlyMap<string, Node>
  readonly flows: ReadonlyMap<string, Flow>
  readonly jobs: readonly JobDeclaration[]
  readonly hasInclusiveGateway: boolean
  /** Whether changes of variables may wake an event. */
  readonly hasConditionalEvent: boolean
  /** Start events of the process itself, by what starts them. */
  readonly starts: readonly Start[]
  /** Priority of jobs without their own. */
  readonly jobPriority: Expression | null
  /** Priority of external tasks without their own. */
  readonly taskPriority: Expression | null
}

export type Start = { readonly nodeId: string } & (
  | { readonly kind: 'none' }
  | { readonly kind: 'message' | 'signal'; readonly name: Expression; readonly formKey?: string }
  | { readonly kind: 'timer'; readonly declaration: string }
  | {
      readonly kind: 'conditional'
      readonly condition: Expression
      readonly variableName: string | null
      readonly variableEvents: readonly string[]
    }
)
