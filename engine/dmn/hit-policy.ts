import { lift, toText } from '../core/expression/index.ts'
import type { Value } from '../core/value.ts'
import type { Aggregation, Decision, DecisionTable, OutputClause } from './decision-model.ts'
import { DecisionError } from './failure.ts'
import { evaluateFeel, ofFeel } from './feel.ts'

/** A rule that matched: what it concludes, by output name; empty cells are absent. */
export interface Match {
  readonly ruleId: string
  /** 1-based. */
  readonly rule: number
  readonly outputs: Readonly<Record<string, Value>>
}

/** Which of the matches count, in which order (DMN 1.3 §8.2.10). */
export function applyHitPolicy(decision: Decision, table: DecisionTable, matches: readonly Match[], zone: string): readonly Match[] {
  switch (table.hitPolicy) {
    case 'UNIQUE':
      if (matches.length > 1) throw violated(decision, matches, 'only one rule may match')
      return matches
    case 'ANY': {
      const [first] = matches
      if (first && matches.some((match) => !sameOutputs(match, first))) throw violated(decision, matches, 'all matching rules must agree')
      return first ? [first] : []
    }
    case 'FIRST':
      return matches.slice(0, 1)
    case 'PRIORITY':
      return byPriority(table, matches, zone).slice(0, 1)
    case 'OUTPUT ORDER':
      return byPriority(table, matches, zone)
    case 'RULE ORDER':
    case 'COLLECT':
      return matches
  }
}

const violated = (decision: Decision, matches: readonly Match[], why: string): DecisionError =>
  new DecisionError(
    'hit-policy-violated',
    `decision '${decision.id}': ${why}, but rules ${matches.map(({ rule }) => rule).join(', ')} match`,
    decision.id,
    matches[1]?.rule ?? null,
  )

const sameOutputs = (a: Match, b: Match): boolean => {
  const names = new Set([...Object.keys(a.outputs), ...Object.keys(b.outputs)])
  return [...names].every((name) => a.outputs[name]?.t === b.outputs[name]?.t && a.outputs[name]?.v === b.outputs[name]?.v)
}

/** Stable: rules with equal outputs stay in the order of the table. */
function byPriority(table: DecisionTable, matches: readonly Match[], zone: string): readonly Match[] {
  const ranks = table.outputs.map((output) => rankOf(output, zone))
  return [...matches].sort((a, b) => {
    for (const [index, output] of table.outputs.entries()) {
      const order = (ranks[index]?.(a.outputs[output.name]) ?? 0) - (ranks[index]?.(b.outputs[output.name]) ?? 0)
      if (order !== 0) return order
    }
    return 0
  })
}

function rankOf(output: OutputClause, zone: string): (value: Value | undefined) => number {
  const texts = output.values.map((text) => toText(ofFeel(evaluateFeel(text, {}), zone), zone))
  return (value) => {
    const rank = value === undefined ? -1 : texts.indexOf(toText(value, zone))
    return rank < 0 ? texts.length : rank
  }
}

/** The one value of COLLECT with an aggregation; undefined when there is nothing to aggregate. */
export function aggregate(
  decision: Decision,
  table: DecisionTable,
  aggregation: Aggregation,
  matches: readonly Match[],
): Value | undefined {
  if (matches.length === 0 && aggregation !== 'COUNT') return undefined
  const [output] = table.outputs
  if (table.outputs.length !== 1 || !output)
    throw new DecisionError(
      'hit-policy-violated',
      `decision '${decision.id}': ${aggregation} wants one output, there are ${table.outputs.length}`,
      decision.id,
    )
  const values = matches.flatMap((match) => match.outputs[output.name] ?? [])
  if (aggregation === 'COUNT') return { t: 'Integer', v: values.length }
  if (values.length === 0) return undefined
  return fold(
    decision,
    aggregation,
    values.map((value) => lift(value) as Value),
  )
}

function fold(decision: Decision, aggregation: 'SUM' | 'MIN' | 'MAX', values: readonly Value[]): Value {
  const types = new Set(values.map(({ t }) => t))
  const numbers = values.map((value) => {
    if (value.t === 'Integer' || value.t === 'Short' || value.t === 'Long' || value.t === 'Double') return value.v
    throw new DecisionError(
      'hit-policy-violated',
      `decision '${decision.id}': ${aggregation} wants numbers, there is a ${value.t}`,
      decision.id,
    )
  })
  if (types.has('Double')) {
    const doubles = numbers.map(Number)
    return {
      t: 'Double',
      v: aggregation === 'SUM' ? doubles.reduce((a, b) => a + b, 0) : aggregation === 'MIN' ? Math.min(...doubles) : Math.max(...doubles),
    }
  }
  const longs = numbers.map(BigInt)
  const v = longs.reduce((a, b) => (aggregation === 'SUM' ? a + b : (aggregation === 'MIN') === a < b ? a : b))
  return types.has('Long') ? { t: 'Long', v } : { t: 'Integer', v: Number(v) }
}
