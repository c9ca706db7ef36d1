import type { Tx } from '../../database/database.ts'

/** Tables with rows of an ended instance. */
const OF_INSTANCE = [
  'hi_activity',
  'hi_task',
  'hi_variable',
  'hi_detail',
  'hi_incident',
  'hi_job_log',
  'hi_external_task_log',
  'hi_decision',
  'hi_comment',
  'hi_attachment',
  'hi_user_operation',
  'hi_instance',
]

/** Ids in one statement: a family may have more members than a statement may have parameters. */
const AT_ONCE = 1000

/** Removes all history of ended instances. */
export function forgetInstances(tx: Tx, ids: readonly string[]): void {
  for (let from = 0; from < ids.length; from += AT_ONCE) forgetSome(tx, ids.slice(from, from + AT_ONCE))
}

function forgetSome(tx: Tx, ids: readonly string[]): void {
  const among = `in (${ids.map(() => '?').join(', ')})`
  const tasks = `select task_id from hi_task where instance_id ${among}`
  for (const table of ['hi_identity_link', 'hi_comment', 'hi_attachment']) tx.write(`delete from ${table} where task_id in (${tasks})`, ids)
  tx.write(
    `delete from hi_decision_value where decision_instance_id in (select decision_instance_id from hi_decision where instance_id ${among})`,
    ids,
  )
  for (const table of OF_INSTANCE) tx.write(`delete from ${table} where instance_id ${among}`, ids)
}
