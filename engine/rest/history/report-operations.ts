import { json, param } from '../http/call.ts'
import { type Operation, operation } from '../http/operation.ts'
import { cleanableReport, historicStatistics } from './statistics.ts'

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
]
