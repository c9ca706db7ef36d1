import { bodyOf, type Call, nothing, param, textOf } from '../http/call.ts'
import { type Operation, operation } from '../http/operation.ts'
import { queryOperations } from '../http/query-operations.ts'
import { notFound, Problem } from '../problem.ts'
import { userOperationQuery } from './query.ts'

/** Who did what over this API. */
export const userOperationOperations: readonly Operation[] = [
  ...queryOperations(userOperationQuery, { post: false, byId: false }),
  operation('PUT', '/history/user-operation/:operationId/set-annotation', 'Annotates a user operation', (call) =>
    annotate(call, textOf(bodyOf(call), 'annotation')),
  ),
  operation('PUT', '/history/user-operation/:operationId/clear-annotation', 'Removes an annotation', (call) => annotate(call, null)),
  operation('DELETE', '/history/user-operation/:id', 'Deletes an entry', async (call) => {
    const [row] = await call.run.query('select entry_id from hi_user_operation where entry_id = ?', [param(call, 'id')])
    if (!row) throw notFound(`Historic user operation log entry with id '${param(call, 'id')}' does not exist`)
    await call.runtime.database.transaction(async (tx) => tx.write('delete from hi_user_operation where entry_id = ?', [param(call, 'id')]))
    return nothing
  }),
]

async function annotate(call: Call, annotation: string | null) {
  const id = param(call, 'operationId')
  const [row] = await call.run.query('select entry_id from hi_user_operation where operation_id = ? limit 1', [id])
  if (!row) throw new Problem(400, 'BadUserRequestException', `operation is null: ${id}`)
  await call.runtime.database.transaction(async (tx) =>
    tx.write('update hi_user_operation set annotation = ? where operation_id = ?', [annotation, id]),
  )
  return nothing
}
