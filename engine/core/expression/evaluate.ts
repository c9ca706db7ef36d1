import { nullValue, type Value } from '../value.ts'
import type { Expression, Node } from './ast.ts'
import { boolean, describe, toBoolean, toText, toValue } from './coerce.ts'
import { ExpressionError, type ExpressionFailure, failureOf } from './failure.ts'
import type { ExpressionScope } from './host.ts'
import { callMethod, readIndex, readMember } from './members.ts'
import type { Operand } from './operand.ts'
import { applyBinary, isEmpty, negative } from './operators.ts'
import { parseExpression } from './parse.ts'

export type Evaluated<T> = { readonly ok: true; readonly value: T } | { readonly ok: false; readonly failure: ExpressionFailure }

/** Evaluates a parsed expression. What host objects throw passes through. */
export function evaluateExpression(expression: Expression, scope: ExpressionScope): Evaluated<Operand> {
  return guard(expression.text, () => evaluateParts(expression, scope))
}

/** Parses (remembered) and evaluates to a value that can be stored in a variable. */
export function evaluateText(text: string, scope: ExpressionScope): Evaluated<Value> {
  const parsed = parseExpression(text)
  return parsed.ok ? guard(text, () => toValue(evaluateParts(parsed.value, scope))) : parsed
}

/** Parses and evaluates a condition, which must give a Boolean: nothing else is made into one. */
export function evaluateCondition(text: string, scope: ExpressionScope): Evaluated<boolean> {
  const parsed = parseExpression(text)
  if (!parsed.ok) return parsed
  return guard(text, () => {
    const result = evaluateParts(parsed.value, scope)
    if (result.t !== 'Boolean') throw new ExpressionError('wrong-type', `condition expression returns non-Boolean: ${describe(result)}`)
    return result.v
  })
}

function guard<T>(text: string, run: () => T): Evaluated<T> {
  try {
    return { ok: true, value: run() }
  } catch (error) {
    if (error instanceof ExpressionError) return { ok: false, failure: failureOf(error, text) }
    throw error
  }
}

function evaluateParts({ parts }: Expression, scope: ExpressionScope): Operand {
  const [only] = parts
  if (parts.length === 1 && only !== undefined) return typeof only === 'string' ? { t: 'String', v: only } : evaluate(only, scope)
  return { t: 'String', v: parts.map((part) => (typeof part === 'string' ? part : toText(evaluate(part, scope), scope.zone))).join('') }
}

function evaluate(node: Node, scope: ExpressionScope): Operand {
  try {
    return evaluateNode(node, scope)
  } catch (error) {
    // The innermost node that failed gives the position.
    if (error instanceof ExpressionError && error.offset < 0) throw new ExpressionError(error.code, error.message, node.at)
    throw error
  }
}

function evaluateNode(node: Node, scope: ExpressionScope): Operand {
  switch (node.kind) {
    case 'literal':
      return node.value
    case 'name': {
      const found = scope.resolve(node.name)
      if (found === undefined) throw new ExpressionError('unknown-name', `Cannot resolve identifier '${node.name}'`)
      return found
    }
    case 'call':
      return callFunction(node.name, node.args.length, scope)
    case 'member':
      return readMember(evaluate(node.target, scope), node.name, scope)
    case 'index':
      return readIndex(evaluate(node.target, scope), evaluate(node.index, scope), scope)
    case 'method': {
      const target = evaluate(node.target, scope)
      return callMethod(
        target,
        node.name,
        node.args.map((arg) => evaluate(arg, scope)),
        scope,
      )
    }
    case 'unary': {
      const operand = evaluate(node.operand, scope)
      if (node.operator === '!') return boolean(!toBoolean(operand))
      return node.operator === 'empty' ? boolean(isEmpty(operand)) : negative(operand)
    }
    case 'binary':
      if (node.operator === '&&') return boolean(toBoolean(evaluate(node.left, scope)) && toBoolean(evaluate(node.right, scope)))
      if (node.operator === '||') return boolean(toBoolean(evaluate(node.left, scope)) || toBoolean(evaluate(node.right, scope)))
      return applyBinary(node.operator, evaluate(node.left, scope), evaluate(node.right, scope), scope.zone)
    case 'choice':
      return evaluate(toBoolean(evaluate(node.test, scope)) ? node.then : node.otherwise, scope)
  }
}

/** The functions that Camunda's engine adds to JUEL. */
function callFunction(name: string, args: number, { now, currentUser }: ExpressionScope): Operand {
  if (args === 0 && name === 'now') return { t: 'Date', v: now }
  if (args === 0 && name === 'dateTime') return { t: 'DateTime', v: now }
  if (args === 0 && name === 'currentUser') return currentUser == null ? nullValue : { t: 'String', v: currentUser }
  if (args === 0 && name === 'currentUserGroups') return nullValue
  throw new ExpressionError('unknown-function', `Could not resolve function '${name}'`)
}
