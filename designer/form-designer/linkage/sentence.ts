import { type Expression, ExpressionError, parseExpression } from '../../../contracts/expression/index.ts'
import type { Reaction } from '../../../contracts/form-definition.ts'

export const OPERATORS = ['is', 'is-not', 'in', 'filled', 'empty', 'more', 'less', 'not-later', 'not-earlier'] as const
export type Operator = (typeof OPERATORS)[number]

export const OPERATOR_WORDS: Record<Operator, string> = {
  is: '是',
  'is-not': '不是',
  in: '是其中之一',
  filled: '已填',
  empty: '没填',
  more: '大于',
  less: '小于',
  'not-later': '不晚于',
  'not-earlier': '不早于',
}

export type Scalar = string | number | boolean

export interface Condition {
  /** Path of the field that is read. */
  readonly field: string
  readonly operator: Operator
  readonly value: Scalar | readonly Scalar[] | null
}

export interface Results {
  readonly visible?: boolean
  readonly required?: boolean
  readonly readOnly?: boolean
  readonly value?: Scalar
}

/** 当 [隐患等级] 是 [重大] 且 … 时，显示、必填；否则 隐藏. Null conditions: always. */
export interface Sentence {
  readonly conditions: readonly Condition[]
  readonly results: Results
  readonly otherwise: Results
}

/** The sentence of a reaction; undefined when it is written in a way that the builder does not know: then it is shown as an expression. */
export function sentenceOf(reaction: Reaction): Sentence | undefined {
  const results = resultsOf(reaction.fulfill?.state)
  const otherwise = resultsOf(reaction.otherwise?.state)
  if (!results || !otherwise) return undefined
  if (reaction.when === undefined) return { conditions: [], results, otherwise }
  const source = /^\s*\{\{([\s\S]*)\}\}\s*$/.exec(reaction.when)?.[1]
  if (source === undefined) return undefined
  try {
    const conditions = conditionsOf(parseExpression(source.trim()), reaction.dependencies ?? [])
    return conditions && { conditions, results, otherwise }
  } catch (error) {
    if (error instanceof ExpressionError) return undefined
    throw error
  }
}

function resultsOf(state: Readonly<Record<string, Scalar>> | undefined): Results | undefined {
  if (!state) return {}
  const known = ['visible', 'required', 'readOnly', 'value']
  if (Object.entries(state).some(([key, value]) => !known.includes(key) || (typeof value === 'string' && value.includes('{{'))))
    return undefined
  return state as Results
}

function conditionsOf(node: Expression, dependencies: readonly string[]): Condition[] | undefined {
  if (node.kind === 'binary' && node.operator === '&&') {
    const left = conditionsOf(node.left, dependencies)
    const right = conditionsOf(node.right, dependencies)
    return left && right && [...left, ...right]
  }
  const one = conditionOf(node, dependencies)
  return one && [one]
}

const MIRROR: Partial<Record<string, Operator>> = {
  '===': 'is',
  '==': 'is',
  '!==': 'is-not',
  '!=': 'is-not',
  '>': 'more',
  '<': 'less',
  '<=': 'not-later',
  '>=': 'not-earlier',
}

function conditionOf(node: Expression, dependencies: readonly string[]): Condition | undefined {
  if (node.kind === 'binary' && node.operator === '||') {
    const either = alternatives(node, dependencies)
    return either && { field: either.field, operator: 'in', value: either.values }
  }
  if (node.kind === 'binary') {
    const operator = MIRROR[node.operator]
    const field = fieldOf(node.left, dependencies)
    const value = literalOf(node.right)
    return operator && field !== undefined && value !== undefined ? { field, operator, value } : undefined
  }
  if (node.kind === 'not') return filledOf(node.argument, dependencies, 'filled')
  const filled = filledOf(node, dependencies, 'empty')
  if (filled) return filled
  if (node.kind === 'call' && node.name === 'includes' && node.args[0]?.kind === 'list') {
    const values = node.args[0].elements.map(literalOf)
    const field = node.args[1] && fieldOf(node.args[1], dependencies)
    return field !== undefined && values.every((value): value is Scalar => value !== undefined)
      ? { field, operator: 'in', value: values }
      : undefined
  }
  return undefined
}

function filledOf(node: Expression, dependencies: readonly string[], operator: 'filled' | 'empty'): Condition | undefined {
  const field = node.kind === 'call' && node.name === 'empty' && node.args[0] ? fieldOf(node.args[0], dependencies) : undefined
  return field === undefined ? undefined : { field, operator, value: null }
}

function alternatives(node: Expression, dependencies: readonly string[]): { field: string; values: Scalar[] } | undefined {
  if (node.kind === 'binary' && node.operator === '||') {
    const left = alternatives(node.left, dependencies)
    const right = alternatives(node.right, dependencies)
    return left && right && left.field === right.field ? { field: left.field, values: [...left.values, ...right.values] } : undefined
  }
  const one = conditionOf(node, dependencies)
  return one?.operator === 'is' && one.value !== null && !Array.isArray(one.value)
    ? { field: one.field, values: [one.value as Scalar] }
    : undefined
}

/** `$deps[0]` or `day($deps[0])`. */
function fieldOf(node: Expression, dependencies: readonly string[]): string | undefined {
  if (node.kind === 'call' && node.name === 'day' && node.args[0]) return fieldOf(node.args[0], dependencies)
  if (node.kind !== 'member' || node.object.kind !== 'root' || node.object.name !== '$deps' || node.property.kind !== 'literal')
    return undefined
  return dependencies[Number(node.property.value)]
}

function literalOf(node: Expression): Scalar | undefined {
  return node.kind === 'literal' && node.value !== null && node.value !== undefined ? node.value : undefined
}

/** The reaction that says the sentence. `isDay` tells fields that hold a date, so that one with a time compares by its day. */
export function reactionOf(
  sentence: Sentence,
  isDay: (field: string) => boolean,
  kept: Pick<Reaction, 'origin' | 'basis'> = { origin: 'county' },
): Reaction {
  const dependencies = [...new Set(sentence.conditions.map((condition) => condition.field))]
  const parts = sentence.conditions.map((condition) =>
    expressionOf(condition, `$deps[${dependencies.indexOf(condition.field)}]`, isDay(condition.field)),
  )
  const reaction: Reaction = {
    ...kept,
    ...(dependencies.length > 0 ? { dependencies } : {}),
    ...(parts.length > 0 ? { when: `{{${parts.join(' && ')}}}` } : {}),
  }
  if (Object.keys(sentence.results).length > 0) reaction.fulfill = { state: { ...sentence.results } as Record<string, Scalar> }
  if (Object.keys(sentence.otherwise).length > 0 && parts.length > 0)
    reaction.otherwise = { state: { ...sentence.otherwise } as Record<string, Scalar> }
  return reaction
}

const SIGN: Partial<Record<Operator, string>> = { is: '===', 'is-not': '!==', more: '>', less: '<', 'not-later': '<=', 'not-earlier': '>=' }

function expressionOf({ operator, value }: Condition, dep: string, isDay: boolean): string {
  if (operator === 'filled') return `!empty(${dep})`
  if (operator === 'empty') return `empty(${dep})`
  if (operator === 'in') return `includes([${(Array.isArray(value) ? value : [value]).map(literal).join(', ')}], ${dep})`
  return `${isDay ? `day(${dep})` : dep} ${SIGN[operator]} ${literal(Array.isArray(value) ? (value[0] as Scalar) : (value as Scalar | null))}`
}

function literal(value: Scalar | null | undefined): string {
  if (typeof value === 'number' || typeof value === 'boolean') return String(value)
  return `'${String(value ?? '')
    .replaceAll('\\', '\\\\')
    .replaceAll("'", "\\'")}'`
}
