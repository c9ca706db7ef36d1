import type { Variables } from '../../core/value.ts'
import { valueRow } from '../../runtime/value-columns.ts'
import type { Call } from '../http/call.ts'

interface Owner {
  readonly instanceId: string
  readonly taskId: string | null
}

/** Texts that were submitted by a form are details of their own in history, beside the variables that they became. */
export async function recordFormFields(call: Call, { instanceId, taskId }: Owner, submitted: Variables): Promise<void> {
  const texts = Object.entries(submitted).filter(([, value]) => value.t === 'String')
  if (texts.length === 0) return
  const { database, context } = call.runtime
  await database.transaction(async (tx) => {
    const [row] = await tx.query<{
      readonly root_id: string
      readonly definition_id: string
      readonly definition_key: string
      readonly tenant_id: string | null
    }>('select root_id, definition_id, definition_key, tenant_id from hi_instance where instance_id = ?', [instanceId])
    if (!row) return
    for (const [name, value] of texts)
      tx.write(
        `insert into hi_detail (instance_id, detail_id, seq, type, root_id, execution_id, task_id, definition_id, definition_key, name, text_value,
         json_value, is_initial, at, tenant_id) values (?, ?, 0, 'formField', ?, ?, ?, ?, ?, ?, ?, ?, 0, ?, ?)`,
        [
          instanceId,
          context.newId(),
          row.root_id,
          instanceId,
          taskId,
          row.definition_id,
          row.definition_key,
          name,
          valueRow(value).text_value,
          valueRow(value).json_value,
          context.now(),
          row.tenant_id,
        ],
      )
  })
}
