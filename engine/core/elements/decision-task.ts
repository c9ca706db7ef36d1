import type { InstanceDraft, TokenDraft } from '../draft/instance-draft.ts'
import { Needed } from '../draft/run.ts'
import type { DecisionRef, DecisionResult } from '../env.ts'
import { lift, listOf, mapOf, type Operand, toValue } from '../expression/index.ts'
import { failure, Refusal } from '../failure.ts'
import { evaluateNumber, evaluateText } from '../flow/evaluate.ts'
import { leave } from '../flow/lifecycle.ts'
import { placeOf } from '../flow/place.ts'
import { setVariable, visibleVariables } from '../flow/variables.ts'
import type { Behavior, Node } from '../model/node.ts'
import { nullValue } from '../value.ts'
import type { ElementBehavior } from './element-behavior.ts'

/** Business rule task with a decision (DMN), evaluated by the environment. */
export const decisionTask: ElementBehavior = {
  execute: (instance, token, node) => {
    if (node.behavior.kind !== 'decisionTask') return
    const { behavior } = node
    const ref = refOf(instance, token, behavior)
    const place = placeOf(instance, token)
    const answer = instance.run.env.evaluateDecision(ref, visibleVariables(place))
    if (answer === undefined) throw new Needed({ kind: 'decision', ref })
    if (answer === 'unknown') throw new Refusal(failure('decision-unknown', { activityId: node.id, ref: ref.key }))
    if ('failure' in answer) throw new Refusal(answer.failure)
    instance.record({
      kind: 'decision-evaluated',
      decisionDefinitionId: answer.decisionDefinitionId,
      activityId: node.id,
      activityInstanceId: token.activityInstanceId as string,
      executionId: token.id,
      detail: answer.history ?? null,
    })
    const mapped = mappedResult(node, behavior.mapResult, answer)
    instance.run.decisionResults.set(token.id, listOf(answer.rows.map(rowOf)))
    if (behavior.resultVariable === 'decisionResult')
      throw new Refusal(failure('invalid-value', { what: 'name of the result variable', text: 'decisionResult' }))
    if (behavior.resultVariable !== null) {
      const value = toValue(mapped)
      instance.run.opened.set(value, mapped)
      setVariable(place, behavior.resultVariable, value)
    }
    instance.run.pushFor(instance, token, () => leave(instance, token))
  },
}

function refOf(instance: InstanceDraft, token: TokenDraft, behavior: Extract<Behavior, { kind: 'decisionTask' }>): DecisionRef {
  const place = placeOf(instance, token)
  const version =
    behavior.version && behavior.binding === 'version' ? evaluateNumber(place, behavior.version, 'decisionRefVersion') : undefined
  const versionTag = behavior.versionTag && behavior.binding === 'versionTag' ? evaluateText(place, behavior.versionTag) : null
  return {
    key: evaluateText(place, behavior.decisionRef) ?? '',
    binding: behavior.binding,
    ...(version === undefined ? {} : { version }),
    ...(versionTag === null ? {} : { versionTag }),
    deploymentId: instance.definition.deploymentId,
    tenantId: behavior.tenantId ? evaluateText(place, behavior.tenantId) : instance.definition.tenantId,
  }
}

const rowOf = (row: DecisionResult['rows'][number]): Operand =>
  mapOf(new Map(Object.entries(row).map(([name, value]) => [name, lift(value)])))

function mappedResult(node: Node, mapResult: string, { rows }: DecisionResult): Operand {
  const refuse = (reason: string): never => {
    throw new Refusal(failure('decision-failed', { activityId: node.id, reason }))
  }
  const entryOf = (row: DecisionResult['rows'][number]): Operand => {
    const values = Object.values(row)
    if (values.length > 1) return refuse('the result has more than one output')
    return lift(values[0] ?? nullValue)
  }
  const [first] = rows
  switch (mapResult) {
    case 'singleEntry':
      if (rows.length > 1) return refuse('the decision has more than one result')
      return first ? entryOf(first) : nullValue
    case 'singleResult':
      if (rows.length > 1) return refuse('the decision has more than one result')
      return first ? rowOf(first) : nullValue
    case 'collectEntries':
      return listOf(rows.map(entryOf))
    default:
      return listOf(rows.map(rowOf))
  }
}
