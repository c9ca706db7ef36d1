import { evaluateText } from '../../core/expression/index.ts'
import type { Value } from '../../core/value.ts'
import { toWireDate } from '../../wire/date-time.ts'
import type { Body, Call } from '../http/call.ts'
import { Problem } from '../problem.ts'

/** Lists whose entries all have to hold when two queries meet. */
const JOINED = new Set(['processVariables', 'taskVariables', 'caseInstanceVariables', 'orQueries', 'sorting'])

/** A stored query narrowed by another: the other one wins, but variables and alternatives of both hold. */
export function narrowed(stored: Body, further: Body): Body {
  const result: Record<string, unknown> = { ...stored }
  for (const [name, value] of Object.entries(further)) {
    const before = result[name]
    result[name] = JOINED.has(name) && Array.isArray(before) && Array.isArray(value) ? [...before, ...value] : value
  }
  return result
}

/** `xExpression` becomes `x`: expressions of a stored query are evaluated when it runs. */
export function evaluated(call: Call, query: Body): Body {
  const result: Record<string, unknown> = {}
  for (const [name, value] of Object.entries(query)) {
    if (name === 'orQueries' && Array.isArray(value)) result[name] = value.map((alternative) => evaluated(call, alternative as Body))
    else if (name.endsWith('Expression') && typeof value === 'string') result[name.slice(0, -'Expression'.length)] = evaluate(call, value)
    else result[name] = value
  }
  return result
}

function evaluate(call: Call, text: string): unknown {
  const scope = { now: call.run.now, zone: call.runtime.context.settings.zone, currentUser: call.userId, resolve: () => undefined }
  const result = evaluateText(text, scope)
  if (!result.ok) throw new Problem(500, 'ProcessEngineException', result.failure.message)
  const value = plain(result.value)
  // As if it had not been asked it would find the tasks of everybody.
  if (value === null) throw new Problem(500, 'ProcessEngineException', `The expression ${text} of a filter has no value`, { code: 0 })
  return value
}

function plain(value: Value): unknown {
  if (value.t === 'Date') return toWireDate(value.v)
  if (value.t === 'Object' && value.v !== null) return JSON.parse(value.v)
  return value.t === 'Long' ? Number(value.v) : value.v
}
