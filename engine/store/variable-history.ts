import type { HistoryEvent } from '../core/history-event.ts'
import { valueRow } from '../runtime/value-columns.ts'
import type { WriteSet } from './write-set.ts'

type VariableEvent = Extract<HistoryEvent, { kind: 'variable-created' | 'variable-updated' }>

/**
 * A variable's latest value and the detail of its change. Spelled out, without spreading one row into another: this is the hottest
 * place of the store.
 */
export function writeVariable(writes: WriteSet, event: VariableEvent, definitionKey: string, detailId: string | null): void {
  const value = valueRow(event.value)
  const isNew = event.kind === 'variable-created'
  if (isNew)
    writes.insert('hi_variable', {
      instance_id: event.instanceId,
      variable_id: event.variableId,
      root_id: event.rootId,
      execution_id: event.executionId,
      task_id: event.taskId,
      activity_instance_id: event.activityInstanceId,
      definition_id: event.definitionId,
      definition_key: definitionKey,
      name: event.name,
      type: event.value.t,
      text_value: value.text_value,
      long_value: value.long_value,
      double_value: value.double_value,
      json_value: value.json_value,
      revision: 0,
      created_at: event.at,
      state: 'CREATED',
      tenant_id: event.tenantId,
    })
  else
    writes.update('hi_variable', {
      instance_id: event.instanceId,
      variable_id: event.variableId,
      type: event.value.t,
      text_value: value.text_value,
      long_value: value.long_value,
      double_value: value.double_value,
      json_value: value.json_value,
      revision: event.revision,
      state: 'CREATED',
    })
  if (detailId === null) return
  writes.insert('hi_detail', {
    instance_id: event.instanceId,
    detail_id: detailId,
    seq: event.seq,
    type: 'variableUpdate',
    root_id: event.rootId,
    execution_id: event.executionId,
    task_id: event.taskId,
    activity_instance_id: event.setIn === undefined ? event.activityInstanceId : event.setIn,
    definition_id: event.definitionId,
    definition_key: definitionKey,
    variable_id: event.variableId,
    name: event.name,
    variable_type: event.value.t,
    revision: event.revision,
    text_value: value.text_value,
    long_value: value.long_value,
    double_value: value.double_value,
    json_value: value.json_value,
    is_initial: event.initial,
    at: event.at,
    tenant_id: event.tenantId,
  })
}

/** A variable was taken away: its last value stays, and the log of changes says when it went. */
export function writeRemoval(
  writes: WriteSet,
  event: Extract<HistoryEvent, { kind: 'variable-deleted' }>,
  definitionKey: string,
  detailId: string | null,
): void {
  writes.update('hi_variable', { instance_id: event.instanceId, variable_id: event.variableId, state: 'DELETED' })
  if (detailId === null) return
  writes.insert('hi_detail', {
    instance_id: event.instanceId,
    detail_id: detailId,
    seq: event.seq,
    type: 'variableUpdate',
    root_id: event.rootId,
    execution_id: event.executionId,
    task_id: event.taskId,
    activity_instance_id: event.activityInstanceId,
    definition_id: event.definitionId,
    definition_key: definitionKey,
    variable_id: event.variableId,
    name: event.name,
    variable_type: event.type,
    revision: event.revision,
    is_initial: false,
    at: event.at,
    tenant_id: event.tenantId,
  })
}
