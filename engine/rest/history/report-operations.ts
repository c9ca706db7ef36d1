import { json, param } from '../http/call.ts'
import { type Operation, operation } from '../http/operation.ts'
import { Problem } from '../problem.ts'
import { readGet } from '../query/resource-query.ts'
import { cleanableReport, historicStatistics } from './statistics.ts'
import { userOperationQuery } from './user-operation-query.ts'

export const historyReportOperations: readonly Operation[] = [
  operation('GET', '/history/process-definition/:id/statistics', 'Counts historic activities', async (call) =>
    json(await historicStatistics(call, param(call, 'id'))),
  ),
  operation(
    'GET',
    '/history/process-definition/cleanable-process-instance-report',
    'Instances whose history may be removed',
    async (call) => json(await cleanableReport(call)),
  ),
  operation(
    'GET',
    '/history/process-definition/cleanable-process-instance-report/count',
    'Counts the entries of that report',
    async (call) => json({ count: (await cleanableReport(call)).length }),
  ),
  // History is removed by removal time, without a window; the API knows the switch only.
  operation('GET', '/history/cleanup/configuration', 'How history is removed', async () =>
    json({ batchWindowStartTime: null, batchWindowEndTime: null, enabled: false }),
  ),
  // Who did what is in the application's audit log, not in the engine: the log of this API is empty.
  operation('GET', '/history/user-operation', 'Lists user operations', async (call) => {
    readGet(userOperationQuery, call.query)
    return json([])
  }),
  operation('GET', '/history/user-operation/count', 'Counts user operations', async (call) => {
    readGet(userOperationQuery, call.query)
    return json({ count: 0 })
  }),
  operation('PUT', '/history/user-operation/:operationId/set-annotation', 'Annotates a user operation', async (call) => {
    throw new Problem(400, 'BadUserRequestException', `operation is null: ${param(call, 'operationId')}`)
  }),
  operation('PUT', '/history/user-operation/:operationId/clear-annotation', 'Removes an annotation', async (call) => {
    throw new Problem(400, 'BadUserRequestException', `operation is null: ${param(call, 'operationId')}`)
  }),
]
