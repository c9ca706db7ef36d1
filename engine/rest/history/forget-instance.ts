import type { Tx } from '../../../database/database.ts'

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
  'hi_instance',
]

/** Removes all history of an ended instance. */
export function forgetInstance(tx: Tx, id: string): void {
  tx.write('delete from hi_identity_link where task_id in (select task_id from hi_task where instance_id = ?)', [id])
  tx.write('delete from hi_comment where task_id in (select task_id from hi_task where instance_id = ?)', [id])
  tx.write(
    'delete from hi_decision_value where decision_instance_id in (select decision_instance_id from hi_decision where instance_id = ?)',
    [id],
  )
  for (const table of OF_INSTANCE) tx.write(`delete from ${table} where instance_id = ?`, [id])
}
