import type { HistoryEvent } from '../core/history-event.ts'
import type { DecisionRecord } from '../runtime/decision-cache.ts'
import { encodeValue } from '../runtime/value-columns.ts'
import type { HistoryContext } from './history.ts'
import type { WriteSet } from './write-set.ts'

type Evaluation = DecisionRecord['evaluations'][number]
type DecisionEvent = Extract<HistoryEvent, { kind: 'decision-evaluated' }>

/** Writes a decision and those that it required: one row each, and one per input and output. */
export function writeDecisions(
  writes: WriteSet,
  event: DecisionEvent,
  definitionKey: string,
  context: Pick<HistoryContext, 'newId'>,
): void {
  const record = event.detail as DecisionRecord | undefined
  if (!record) return
  const place = {
    instance_id: event.instanceId,
    root_id: event.rootId,
    definition_id: event.definitionId,
    definition_key: definitionKey,
    tenant_id: event.tenantId,
    activity_id: event.activityId,
    activity_instance_id: event.activityInstanceId,
  }
  const ids = record.evaluations.map(() => context.newId())
  const rootId = ids.at(-1)
  record.evaluations.forEach((evaluation, i) => {
    const id = ids[i] as string
    const row = record.rows.get(evaluation.decisionId)
    writes.insert('hi_decision', {
      ...place,
      decision_instance_id: id,
      decision_id: row?.id ?? evaluation.decisionId,
      decision_key: evaluation.decisionId,
      decision_name: row?.name ?? null,
      at: event.at,
      collect_value: collected(evaluation),
      root_decision_instance_id: id === rootId ? null : (rootId ?? null),
      requirements_id: row?.requirementsId ?? null,
      requirements_key: row?.requirementsKey ?? null,
      seq: event.seq + i,
    })
    writeValues(writes, id, 'input', evaluation.inputs, event.at, context)
    writeValues(writes, id, 'output', evaluation.outputs, event.at, context)
  })
}

function collected({ collected: value }: Evaluation): number | null {
  if (!value || (value.t !== 'Integer' && value.t !== 'Long' && value.t !== 'Double' && value.t !== 'Short')) return null
  return Number(value.v)
}

function writeValues(
  writes: WriteSet,
  decisionInstanceId: string,
  direction: 'input' | 'output',
  values: readonly (Evaluation['inputs'][number] | Evaluation['outputs'][number])[],
  at: number,
  context: Pick<HistoryContext, 'newId'>,
): void {
  values.forEach((value, position) => {
    const output = 'variableName' in value ? value : null
    writes.insert('hi_decision_value', {
      decision_instance_id: decisionInstanceId,
      direction,
      position,
      value_id: context.newId(),
      clause_id: value.clauseId,
      clause_name: value.clauseName,
      rule_id: output?.ruleId ?? null,
      rule_order: output?.ruleOrder ?? null,
      variable_name: output?.variableName ?? null,
      type: value.value.t,
      json_value: encodeValue(value.value),
      at,
    })
  })
}
