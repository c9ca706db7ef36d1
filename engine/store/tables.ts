interface Table {
  readonly key: readonly string[]
  readonly id?: string
  readonly owned: boolean
}

/**
 * The tables that commands write to: their keys, in the order in which every command writes them (so that two never wait for each
 * other in a circle). `owned` tables lose all rows of an instance that ends by one statement. `id`: the column that alone tells the
 * rows apart.
 */
export const tables = {
  ru_instance: { key: ['instance_id'], owned: true },
  ru_chunk: { key: ['instance_id', 'chunk_id'], owned: true },
  ru_execution: { key: ['instance_id', 'execution_id'], id: 'execution_id', owned: true },
  ru_task: { key: ['task_id'], owned: false },
  ru_identity_link: { key: ['task_id', 'identity_link_id'], id: 'identity_link_id', owned: false },
  ru_variable: { key: ['instance_id', 'variable_id'], id: 'variable_id', owned: true },
  ru_job: { key: ['job_id'], owned: false },
  ru_external_task: { key: ['external_task_id'], owned: false },
  ru_subscription: { key: ['subscription_id'], owned: false },
  ru_incident: { key: ['incident_id'], owned: false },
  hi_instance: { key: ['instance_id'], owned: false },
  hi_activity: { key: ['instance_id', 'activity_instance_id'], id: 'activity_instance_id', owned: false },
  hi_task: { key: ['task_id'], owned: false },
  hi_variable: { key: ['instance_id', 'variable_id'], id: 'variable_id', owned: false },
  hi_detail: { key: ['instance_id', 'detail_id'], id: 'detail_id', owned: false },
  hi_identity_link: { key: ['task_id', 'log_id'], id: 'log_id', owned: false },
  hi_incident: { key: ['incident_id'], owned: false },
  hi_job_log: { key: ['job_id', 'log_id'], id: 'log_id', owned: false },
  hi_external_task_log: { key: ['external_task_id', 'log_id'], id: 'log_id', owned: false },
  hi_decision: { key: ['decision_instance_id'], owned: false },
  hi_decision_value: { key: ['decision_instance_id', 'direction', 'position'], owned: false },
} as const satisfies Readonly<Record<string, Table>>

export type TableName = keyof typeof tables

export const tableNames = Object.keys(tables) as readonly TableName[]
