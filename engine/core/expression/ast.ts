import type { Value } from '../value.ts'

export type BinaryOperator = '+' | '-' | '*' | '/' | '%' | '==' | '!=' | '<' | '>' | '<=' | '>=' | '&&' | '||'
export type UnaryOperator = '-' | '!' | 'empty'

/** A node of a parsed expression; `at` is its offset in the whole text. */
export type Node =
  | { readonly kind: 'literal'; readonly value: Value; readonly at: number }
  | { readonly kind: 'name'; readonly name: string; readonly at: number }
  | { readonly kind: 'call'; readonly name: string; readonly args: readonly Node[]; readonly at: number }
  | { readonly kind: 'member'; readonly target: Node; readonly name: string; readonly at: number }
  | { readonly kind: 'index'; readonly target: Node; readonly index: Node; readonly at: number }
  | { readonly kind: 'method'; readonly target: Node; readonly name: string; readonly args: readonly Node[]; readonly at: number }
  | { readonly kind: 'unary'; readonly operator: UnaryOperator; readonly operand: Node; readonly at: number }
  | { readonly kind: 'binary'; readonly operator: BinaryOperator; readonly left: Node; readonly right: Node; readonly at: number }
  | { readonly kind: 'choice'; readonly test: Node; readonly then: Node; readonly otherwise: Node; readonly at: number }

/**
 * A parsed text: literal parts and `${…}` parts. One lone expression keeps its type, everything else gives a String.
 */
export interface Expression {
  readonly text: string
  readonly parts: readonly (string | Node)[]
  /** Whether there is no `${…}` in it. */
  readonly isLiteral: boolean
}
