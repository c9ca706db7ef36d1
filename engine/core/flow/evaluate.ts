import { type Evaluated, type Expression, evaluateExpression, hostOf, type Operand, toText, toValue } from '../expression/index.ts'
import { failure, Refusal } from '../failure.ts'
import { handlerNamed } from '../handler.ts'
import type { Condition } from '../model/node.ts'
import type { Value } from '../value.ts'
import { executionOperand, type Moment } from './execution-host.ts'
import type { Place } from './place.ts'
import { findVariable, visibleVariables } from './variables.ts'

/** Names that an expression sees besides variables and `execution`. */
export type Extras = Readonly<Record<string, Operand>>

/** Evaluates in a place; what cannot be evaluated refuses the command. */
export function evaluate(place: Place, expression: Expression, extras: Extras = {}, moment?: Moment): Operand {
  const [only] = expression.parts
  if (expression.isLiteral && expression.parts.length <= 1) return { t: 'String', v: typeof only === 'string' ? only : '' }
  const result = attempt(place, expression, extras, moment)
  if (result.ok) return result.value
  const data = { expression: expression.text, activityId: place.token?.node ?? place.scope.node, reason: result.failure.message }
  throw new Refusal(failure('expression-failed', data, result.failure.message))
}

function attempt(place: Place, expression: Expression, extras: Extras, moment?: Moment): Evaluated<Operand> {
  const { env } = place.instance.run
  return evaluateExpression(expression, {
    now: env.now,
    zone: env.zone,
    resolve: (name) => {
      const extra = extras[name]
      if (extra) return extra
      if (name === 'execution') return executionOperand(place, moment)
      const decided = name === 'decisionResult' ? place.instance.run.decisionResults.get(place.token?.id ?? place.scope.id) : undefined
      if (decided) return decided
      const found = findVariable(place, name)
      if (found) return place.instance.run.open(found.value)
      const handler = handlerNamed(env.handlers, name)
      return handler && !handler.remote && handler.methods ? hostOf({ kind: 'bean', name, methods: handler.methods }) : undefined
    },
  })
}

/** As a condition of a conditional event: one that names an unknown variable does not hold yet. */
export function holdsByNow(place: Place, expression: Expression): boolean {
  const result = attempt(place, expression, {})
  if (!result.ok && result.failure.code === 'unknown-name') return false
  return isTrue(place, expression)
}

/** As a value to be stored. A lone variable keeps its value as it is, with its type. */
export function evaluateValue(place: Place, expression: Expression, extras: Extras = {}): Value {
  const [only] = expression.parts
  if (expression.parts.length === 1 && only && typeof only !== 'string' && only.kind === 'name' && !extras[only.name]) {
    const variable = findVariable(place, only.name)
    if (variable) return variable.value
  }
  return toValue(evaluate(place, expression, extras))
}

/** The text of an optional expression; null stays null. */
export function evaluateText(place: Place, expression: Expression | null, extras?: Extras): string | null {
  if (!expression) return null
  const result = evaluate(place, expression, extras)
  return result.t === 'Null' ? null : toText(result, place.instance.run.env.zone)
}

/** The text that an optional expression gives. Other values are not made into text, as in Camunda. */
export function evaluateString(place: Place, expression: Expression | null, what: string, extras?: Extras): string | null {
  if (!expression) return null
  const result = evaluate(place, expression, extras)
  if (result.t === 'Null') return null
  if (result.t === 'String') return result.v
  throw new Refusal(failure('invalid-value', { what, text: expression.text }))
}

export function evaluateNumber(place: Place, expression: Expression, what: string, extras?: Extras): number {
  const result = evaluate(place, expression, extras)
  const text = result.t === 'Null' ? '' : toText(result, place.instance.run.env.zone).trim()
  if (!/^[+-]?\d+$/.test(text)) throw new Refusal(failure('invalid-value', { what, text }))
  return Number(text)
}

/** A condition must give a Boolean: nothing else is made into one. */
export function holds(place: Place, condition: Condition): boolean {
  if (condition.language === 'feel') return holdsFeel(place, condition)
  return isTrue(place, condition.expression)
}

export function isTrue(place: Place, expression: Expression, extras?: Extras): boolean {
  const result = evaluate(place, expression, extras)
  if (result.t === 'Boolean') return result.v
  throw new Refusal(failure('condition-not-boolean', { expression: expression.text, activityId: place.token?.node ?? place.scope.node }))
}

/** A condition that cannot be evaluated does not hold. */
export function holdsIfEvaluable(place: Place, expression: Expression, extras?: Extras): boolean {
  try {
    return isTrue(place, expression, extras)
  } catch (error) {
    if (error instanceof Refusal) return false
    throw error
  }
}

function holdsFeel(place: Place, condition: Condition): boolean {
  const value = evaluateFeel(place, condition.expression.text)
  return value.t === 'Boolean' && value.v
}

/** FEEL, by the environment, over everything that is visible from here. */
export function evaluateFeel(place: Place, text: string): Value {
  const answer = place.instance.run.env.evaluateFeel?.(text, visibleVariables(place))
  if (!answer) throw new Refusal(failure('expression-failed', { expression: text, reason: 'FEEL is not available' }))
  if ('failure' in answer) throw new Refusal(answer.failure)
  return answer.value
}
