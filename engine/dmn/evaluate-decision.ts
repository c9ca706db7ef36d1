import { evaluateText, type Operand } from '../core/expression/index.ts'
import { nullValue, type Value, type Variables } from '../core/value.ts'
import type { Decision, DecisionModel, DecisionTable, DecisionText, InputClause } from './decision-model.ts'
import { type DecisionAnswer, DecisionError } from './failure.ts'
import { contextOf, evaluateFeel, type FeelClock, type FeelContext, ofFeel, testFeel, toFeel } from './feel.ts'
import { aggregate, applyHitPolicy, type Match } from './hit-policy.ts'
import { convertTo, isKnownType } from './typed-value.ts'

/** What a decision gave, and how: of the decision itself and, before it, of those that it required. */
export interface DecisionOutcome {
  /** One record of output name to value for each result, in the order of the hit policy. */
  readonly rows: readonly Variables[]
  /** Names of outputs without a type in the model: the REST API shows none for them. */
  readonly untyped: readonly string[]
  /** In order of evaluation; the last one is the decision that was asked for. */
  readonly evaluations: readonly Evaluation[]
}

export interface Evaluation {
  readonly decisionId: string
  readonly inputs: readonly EvaluatedInput[]
  readonly outputs: readonly EvaluatedOutput[]
  /** The result of an aggregation. */
  readonly collected: Value | null
}

export interface EvaluatedInput {
  readonly clauseId: string
  readonly clauseName: string | null
  readonly value: Value
}

export interface EvaluatedOutput {
  readonly clauseId: string | null
  readonly clauseName: string | null
  readonly ruleId: string | null
  /** 1-based position of the rule. */
  readonly ruleOrder: number | null
  readonly variableName: string
  readonly value: Value
}

/** Evaluates a decision and what it requires, each once. Pure: same model, variables and clock, same answer. */
export function evaluateDecision(
  model: DecisionModel,
  decisionId: string,
  variables: Variables,
  clock: FeelClock,
): DecisionAnswer<DecisionOutcome> {
  try {
    const run: Run = { model, clock, variables: { ...variables }, done: new Set(), evaluations: [] }
    const { rows, untyped } = decide(decisionId, run)
    return { ok: true, value: { rows, untyped, evaluations: run.evaluations } }
  } catch (error) {
    if (error instanceof DecisionError) return { ok: false, failure: error.failure }
    throw error
  }
}

interface Run {
  readonly model: DecisionModel
  readonly clock: FeelClock
  readonly variables: Record<string, Value>
  readonly done: Set<string>
  readonly evaluations: Evaluation[]
}

interface Decided {
  readonly rows: readonly Variables[]
  readonly untyped: readonly string[]
}

function decide(decisionId: string, run: Run): Decided {
  const decision = run.model.decisions.get(decisionId)
  if (!decision) throw new DecisionError('unknown-decision', `there is no decision '${decisionId}' in ${run.model.resource}`, decisionId)
  for (const required of decision.requires) {
    if (run.done.has(required)) continue
    run.done.add(required)
    const { rows } = decide(required, run)
    Object.assign(run.variables, asVariables(run.model.decisions.get(required), rows, run.clock.zone))
  }
  return decision.logic.kind === 'table' ? decideTable(decision, decision.logic, run) : decideLiteral(decision, run)
}

/** One result gives its outputs as variables; several, or a table that collects, give lists. */
function asVariables(decision: Decision | undefined, rows: readonly Variables[], zone: string): Variables {
  const logic = decision?.logic
  const collects = logic?.kind === 'table' && !logic.aggregation && ['COLLECT', 'RULE ORDER', 'OUTPUT ORDER'].includes(logic.hitPolicy)
  const [only] = rows
  if (rows.length === 1 && only && !collects) return only
  const names = new Set(rows.flatMap((row) => Object.keys(row)))
  return Object.fromEntries(
    [...names].map((name) => [
      name,
      ofFeel(
        rows.flatMap((row) => (row[name] ? [toFeel(row[name], zone)] : [])),
        zone,
      ),
    ]),
  )
}

function decideLiteral(decision: Decision, run: Run): Decided {
  const { logic } = decision
  if (logic.kind !== 'literal') throw new DecisionError('unsupported', `decision '${decision.id}' has no literal expression`, decision.id)
  const result = compute(
    logic.expression,
    run,
    contextOf(run.variables, run.clock),
    (why) => new DecisionError('output-failed', `decision '${decision.id}': ${why}`, decision.id),
  )
  const value = convertTo(logic.typeRef, result, run.clock.zone)
  if (!value) throw new DecisionError('output-failed', `decision '${decision.id}': the result is no ${logic.typeRef}`, decision.id)
  run.evaluations.push({
    decisionId: decision.id,
    inputs: [],
    outputs: [{ clauseId: null, clauseName: null, ruleId: null, ruleOrder: null, variableName: logic.variable, value }],
    collected: null,
  })
  return { rows: [{ [logic.variable]: value }], untyped: isKnownType(logic.typeRef) ? [] : [logic.variable] }
}

function decideTable(decision: Decision, table: DecisionTable, run: Run): Decided {
  const { zone } = run.clock
  const context = contextOf(run.variables, run.clock)
  const inputs = table.inputs.map((input) => evaluateInput(decision, input, run, context))
  const all: FeelContext =
    inputs.length === 0 ? context : { ...context, ...Object.fromEntries(inputs.map((input) => [input.clause.variable, input.feel])) }
  const matches = applyHitPolicy(decision, table, matchesOf(decision, table, inputs, run, all), zone)
  const collected = table.hitPolicy === 'COLLECT' && table.aggregation ? aggregate(decision, table, table.aggregation, matches) : undefined
  run.evaluations.push({
    decisionId: decision.id,
    inputs: inputs.map(({ clause, value }) => ({ clauseId: clause.id, clauseName: clause.name, value })),
    outputs: matches.flatMap((match, index) =>
      table.outputs.flatMap((output) => {
        const value = match.outputs[output.name]
        return value
          ? [
              {
                clauseId: output.id,
                clauseName: output.label,
                ruleId: match.ruleId,
                ruleOrder: index + 1,
                variableName: output.name,
                value,
              },
            ]
          : []
      }),
    ),
    collected: collected ?? null,
  })
  const untyped = table.outputs.filter(({ typeRef }) => !isKnownType(typeRef)).map(({ name }) => name)
  if (!table.aggregation || table.hitPolicy !== 'COLLECT') return { rows: matches.map(({ outputs }) => outputs), untyped }
  const name = table.outputs[0]?.name ?? decision.id
  return { rows: collected ? [{ [name]: collected }] : [], untyped: [] }
}

interface Input {
  readonly clause: InputClause
  readonly value: Value
  readonly feel: unknown
}

function evaluateInput(decision: Decision, clause: InputClause, run: Run, context: FeelContext): Input {
  const fail = (why: string): DecisionError =>
    new DecisionError('input-failed', `decision '${decision.id}', input '${clause.id}': ${why}`, decision.id)
  const result = compute(clause.expression, run, context, fail)
  const value = convertTo(clause.typeRef, result, run.clock.zone)
  if (!value) throw fail(`the value is no ${clause.typeRef}`)
  return { clause, value, feel: toFeel(value, run.clock.zone) }
}

function matchesOf(decision: Decision, table: DecisionTable, inputs: readonly Input[], run: Run, context: FeelContext): Match[] {
  const matches: Match[] = []
  for (const [index, rule] of table.rules.entries()) {
    const fail = (why: string): DecisionError =>
      new DecisionError('rule-failed', `decision '${decision.id}', rule ${index + 1}: ${why}`, decision.id, index + 1)
    const holds = rule.conditions.every((condition, column) => {
      const input = inputs[column]
      return condition === null || (input !== undefined && accepts(condition, input, run, context, fail))
    })
    if (!holds) continue
    const outputs: Record<string, Value> = {}
    for (const [column, output] of table.outputs.entries()) {
      const conclusion = rule.conclusions[column]
      if (!conclusion) continue
      const value = convertTo(output.typeRef, compute(conclusion, run, context, fail), run.clock.zone)
      if (!value)
        throw new DecisionError(
          'output-failed',
          `decision '${decision.id}', rule ${index + 1}: output '${output.name}' is no ${output.typeRef}`,
          decision.id,
          index + 1,
        )
      outputs[output.name] = value
    }
    matches.push({ ruleId: rule.id, rule: index + 1, outputs })
    if (table.hitPolicy === 'FIRST') break
  }
  return matches
}

function accepts(condition: DecisionText, input: Input, run: Run, context: FeelContext, fail: (why: string) => DecisionError): boolean {
  if (condition.language === 'juel') {
    const result = juel(condition.text, run, { [input.clause.variable]: input.value }, fail)
    return result.t === 'Boolean' ? result.v : result.t === input.value.t && result.v === input.value.v
  }
  return attempt(() => testFeel(condition.text, input.feel, context), fail)
}

function compute({ text, language }: DecisionText, run: Run, context: FeelContext, fail: (why: string) => DecisionError): Value {
  if (language === 'juel') return juel(text, run, {}, fail)
  return attempt(() => ofFeel(evaluateFeel(text, context), run.clock.zone), fail)
}

function juel(text: string, run: Run, extra: Readonly<Record<string, Operand>>, fail: (why: string) => DecisionError): Value {
  const names: Readonly<Record<string, Operand>> = { ...run.variables, ...extra }
  const result = evaluateText(text, { ...run.clock, resolve: (name) => (Object.hasOwn(names, name) ? names[name] : nullValue) })
  if (!result.ok) throw fail(result.failure.message)
  return result.value
}

/** feelin throws on a text that it cannot read. */
function attempt<T>(work: () => T, fail: (why: string) => DecisionError): T {
  try {
    return work()
  } catch (error) {
    throw fail(error instanceof Error ? error.message : String(error))
  }
}
