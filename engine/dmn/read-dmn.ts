import { DmnModdle } from 'dmn-moddle'
import {
  type Aggregation,
  aggregations,
  type Decision,
  type DecisionModel,
  type DecisionTable,
  type DecisionText,
  type HitPolicy,
  hitPolicies,
  type LiteralExpression,
} from './decision-model.ts'
import { type DecisionAnswer, DecisionError } from './failure.ts'

export interface ReadOptions {
  /** Refuse PRIORITY and OUTPUT ORDER, as Camunda 7 does. */
  readonly camundaHitPolicies: boolean
}

const CURRENT = 'https://www.omg.org/spec/DMN/20191111/MODEL/'
/** DMN 1.1, 1.2, 1.4 and 1.5 say the same in the parts that are evaluated. */
const OTHERS =
  /http:\/\/www\.omg\.org\/spec\/DMN\/20151101\/dmn\.xsd|http:\/\/www\.omg\.org\/spec\/DMN\/20151101\/dmn11\.xsd|http:\/\/www\.omg\.org\/spec\/DMN\/20180521\/MODEL\/|https:\/\/www\.omg\.org\/spec\/DMN\/20211108\/MODEL\/|https:\/\/www\.omg\.org\/spec\/DMN\/20230324\/MODEL\//g

/** Reads a DMN file (1.1 to 1.5) into what is evaluated; refuses what is not understood. */
export async function readDmn(resource: string, xml: string, options: ReadOptions): Promise<DecisionAnswer<DecisionModel>> {
  try {
    if (/<!(DOCTYPE|ENTITY)/i.test(xml)) throw new DecisionError('invalid-dmn', `${resource}: document type declarations are not allowed`)
    return { ok: true, value: modelOf(resource, await parse(resource, xml), options) }
  } catch (error) {
    if (error instanceof DecisionError) return { ok: false, failure: error.failure }
    throw error
  }
}

/** The part of moddle's elements that is read here. */
interface Element {
  readonly $type: string
  readonly id?: string
  readonly name?: string
  readonly label?: string
  readonly text?: string
  readonly typeRef?: string
  readonly expressionLanguage?: string
  readonly href?: string
  readonly $attrs: Readonly<Record<string, string>>
  get(name: string): unknown
}

async function parse(resource: string, xml: string): Promise<Element> {
  try {
    const { rootElement } = await new DmnModdle().fromXML(xml.replace(OTHERS, CURRENT))
    return rootElement as unknown as Element
  } catch (error) {
    throw new DecisionError('invalid-dmn', `${resource}: ${error instanceof Error ? error.message : String(error)}`)
  }
}

function modelOf(resource: string, root: Element, options: ReadOptions): DecisionModel {
  const decisions = new Map<string, Decision>()
  for (const element of many(root, 'drgElement')) {
    if (element.$type !== 'dmn:Decision') continue
    const decision = decisionOf(element, options)
    if (decisions.has(decision.id))
      throw new DecisionError('invalid-dmn', `${resource}: the decision '${decision.id}' exists twice`, decision.id)
    decisions.set(decision.id, decision)
  }
  for (const { id, requires } of decisions.values()) {
    const missing = requires.find((required) => !decisions.has(required))
    if (missing !== undefined)
      throw new DecisionError('invalid-dmn', `${resource}: the decision '${id}' requires '${missing}', which does not exist`, id)
    if (reaches(decisions, id, id)) throw new DecisionError('requirement-loop', `${resource}: the decision '${id}' requires itself`, id)
  }
  const namespace = (root as unknown as { readonly namespace?: string }).namespace
  return { resource, requirementsId: root.id ?? resource, requirementsName: root.name ?? null, category: namespace ?? null, decisions }
}

function reaches(decisions: ReadonlyMap<string, Decision>, from: string, wanted: string, seen = new Set<string>()): boolean {
  for (const next of decisions.get(from)?.requires ?? []) {
    if (next === wanted) return true
    if (!seen.has(next)) {
      seen.add(next)
      if (reaches(decisions, next, wanted, seen)) return true
    }
  }
  return false
}

function decisionOf(element: Element, options: ReadOptions): Decision {
  const { id } = element
  if (!id) throw new DecisionError('invalid-dmn', 'a decision has no id')
  const logic = one(element, 'decisionLogic')
  const ttl = camunda(element, 'historyTimeToLive')
  return {
    id,
    name: element.name ?? null,
    versionTag: camunda(element, 'versionTag') ?? null,
    historyTtl: ttl === undefined ? null : daysOf(ttl, id),
    requires: many(element, 'informationRequirement').flatMap((requirement) => {
      const href = one(requirement, 'requiredDecision')?.href
      return href === undefined ? [] : [href.replace(/^.*#/, '')]
    }),
    logic: logicOf(logic, element, id, options),
  }
}

function logicOf(logic: Element | undefined, decision: Element, id: string, options: ReadOptions): DecisionTable | LiteralExpression {
  if (logic?.$type === 'dmn:DecisionTable') return tableOf(logic, id, options)
  if (logic?.$type === 'dmn:LiteralExpression') {
    const variable = one(decision, 'variable')
    return {
      kind: 'literal',
      expression: textOf(logic, id) ?? { text: 'null', language: 'feel' },
      variable: variable?.name ?? id,
      typeRef: variable?.typeRef ?? null,
    }
  }
  throw new DecisionError('unsupported', `the decision '${id}' has neither a table nor a literal expression`, id)
}

function tableOf(table: Element, id: string, options: ReadOptions): DecisionTable {
  const hitPolicy = String(table.get('hitPolicy') ?? 'UNIQUE')
  const aggregation = table.get('aggregation')
  if (!isOneOf(hitPolicies, hitPolicy))
    throw new DecisionError('unsupported', `the decision '${id}' has the unknown hit policy '${hitPolicy}'`, id)
  if (aggregation !== undefined && !isOneOf(aggregations, String(aggregation)))
    throw new DecisionError('unsupported', `the decision '${id}' has the unknown aggregation '${aggregation}'`, id)
  if (options.camundaHitPolicies && (hitPolicy === 'PRIORITY' || hitPolicy === 'OUTPUT ORDER'))
    throw new DecisionError('unsupported', `the decision '${id}' has the hit policy '${hitPolicy}', which is not supported`, id)
  const inputs = many(table, 'input').map((input, position) => {
    const expression = one(input, 'inputExpression')
    return {
      id: input.id ?? `${id}-input-${position + 1}`,
      name: input.label ?? null,
      typeRef: expression?.typeRef ?? null,
      expression: (expression && textOf(expression, id)) ?? { text: 'null', language: 'feel' as const },
      variable: camunda(input, 'inputVariable') ?? 'cellInput',
    }
  })
  const outputs = many(table, 'output').map((output, position) => ({
    id: output.id ?? `${id}-output-${position + 1}`,
    name: output.name ?? id,
    label: output.label ?? null,
    typeRef: output.typeRef ?? null,
    values: splitList(one(output, 'outputValues')?.text ?? ''),
  }))
  if (outputs.length === 0) throw new DecisionError('invalid-dmn', `the decision '${id}' has no output`, id)
  const names = new Set(outputs.map(({ name }) => name))
  if (names.size < outputs.length) throw new DecisionError('invalid-dmn', `the decision '${id}' has two outputs with one name`, id)
  const rules = many(table, 'rule').map((rule, position) => {
    const conditions = many(rule, 'inputEntry').map((entry) => conditionOf(entry, id))
    const conclusions = many(rule, 'outputEntry').map((entry) => textOf(entry, id) ?? null)
    if (conditions.length !== inputs.length || conclusions.length !== outputs.length)
      throw new DecisionError('invalid-dmn', `rule ${position + 1} of the decision '${id}' has not one entry per column`, id, position + 1)
    return { id: rule.id ?? `${id}-rule-${position + 1}`, conditions, conclusions }
  })
  return {
    kind: 'table',
    hitPolicy: hitPolicy as HitPolicy,
    aggregation: (aggregation as Aggregation | undefined) ?? null,
    inputs,
    outputs,
    rules,
  }
}

function conditionOf(entry: Element, decisionId: string): DecisionText | null {
  const condition = textOf(entry, decisionId)
  return condition === undefined || condition.text === '-' ? null : condition
}

function textOf(element: Element, decisionId: string): DecisionText | undefined {
  const text = (element.text ?? '').trim()
  if (text === '') return undefined
  const language = (element.expressionLanguage ?? 'feel').toLowerCase()
  if (language === 'juel') return { text: /[$#]\{/.test(text) ? text : `\${${text}}`, language: 'juel' }
  if (language === 'feel' || language.includes('/feel')) return { text, language: 'feel' }
  throw new DecisionError('unsupported', `the decision '${decisionId}' uses the language '${element.expressionLanguage}'`, decisionId)
}

/** `"a", "b"` by commas outside quotes. */
const splitList = (text: string): string[] =>
  (text.match(/(?:"(?:[^"\\]|\\.)*"|[^,"])+/g) ?? []).map((part) => part.trim()).filter((part) => part !== '')

function daysOf(text: string, decisionId: string): number {
  const match = /^(?:(\d+)|P(\d+)D)$/.exec(text)
  if (!match) throw new DecisionError('invalid-dmn', `the decision '${decisionId}' has the history time to live '${text}'`, decisionId)
  return Number(match[1] ?? match[2])
}

function camunda(element: Element, name: string): string | undefined {
  return Object.entries(element.$attrs).find(([key]) => key.endsWith(`:${name}`))?.[1]
}

const many = (element: Element, name: string): readonly Element[] => (element.get(name) as readonly Element[] | undefined) ?? []
const one = (element: Element, name: string): Element | undefined => element.get(name) as Element | undefined
const isOneOf = <T extends string>(all: readonly T[], text: string): text is T => (all as readonly string[]).includes(text)
