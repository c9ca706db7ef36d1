/** A DMN file as it is evaluated: decisions by id, with their expressions by language. Frozen after reading. */
export interface DecisionModel {
  readonly resource: string
  /** The requirements graph: id and name of `definitions`. */
  readonly requirementsId: string
  readonly requirementsName: string | null
  readonly category: string | null
  readonly decisions: ReadonlyMap<string, Decision>
}

export interface Decision {
  readonly id: string
  readonly name: string | null
  readonly versionTag: string | null
  /** Days, `historyTimeToLive`. */
  readonly historyTtl: number | null
  /** Ids of the decisions of the same file whose results this one reads. */
  readonly requires: readonly string[]
  readonly logic: DecisionTable | LiteralExpression
}

export type ExpressionLanguage = 'feel' | 'juel'

export interface DecisionText {
  readonly text: string
  readonly language: ExpressionLanguage
}

export interface DecisionTable {
  readonly kind: 'table'
  readonly hitPolicy: HitPolicy
  readonly aggregation: Aggregation | null
  readonly inputs: readonly InputClause[]
  readonly outputs: readonly OutputClause[]
  readonly rules: readonly Rule[]
}

export const hitPolicies = ['UNIQUE', 'ANY', 'PRIORITY', 'FIRST', 'RULE ORDER', 'OUTPUT ORDER', 'COLLECT'] as const
export type HitPolicy = (typeof hitPolicies)[number]
export const aggregations = ['SUM', 'MIN', 'MAX', 'COUNT'] as const
export type Aggregation = (typeof aggregations)[number]

export interface InputClause {
  readonly id: string
  readonly name: string | null
  readonly typeRef: string | null
  readonly expression: DecisionText
  /** The name by which input entries may call the value. */
  readonly variable: string
}

export interface OutputClause {
  readonly id: string
  readonly name: string
  readonly label: string | null
  readonly typeRef: string | null
  /** The listed values, best first, for PRIORITY and OUTPUT ORDER: FEEL expressions. */
  readonly values: readonly string[]
}

export interface Rule {
  readonly id: string
  /** One per input; null accepts everything. */
  readonly conditions: readonly (DecisionText | null)[]
  /** One per output; null leaves the output out. */
  readonly conclusions: readonly (DecisionText | null)[]
}

export interface LiteralExpression {
  readonly kind: 'literal'
  readonly expression: DecisionText
  readonly variable: string
  readonly typeRef: string | null
}
