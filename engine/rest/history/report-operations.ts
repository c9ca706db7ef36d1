import { json, param } from '../http/call.ts'
import { type Operation, operation } from '../http/operation.ts'
import { cleanableDecisions, cleanableReport, evaluationsOf, historicStatistics } from './statistics.ts'

export const historyReportOperations: readonly Operation[] = [
  ...(['', '/count'] as const).map((path) =>
    operation(
      'GET',
      `/history/decision-definition/cleanable-decision-instance-report${path}`,
      'Decisions whose history may be removed',
      async (call) => {
        const rows = await cleanableDecisions(call)
        return json(path === '' ? rows : { count: rows.length })
      },
    ),
  ),
  operation('GET', '/history/process-definition/:id/statistics', 'Counts historic activities', async (call) =>
    json(await historicStatistics(call, param(call, 'id'))),
  ),
  operation(
    'GET',
    '/history/decision-requirements-definition/:id/statistics',
    'Counts how often each decision of a graph was evaluated',
    async (call) => json(await evaluationsOf(call, param(call, 'id'))),
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
