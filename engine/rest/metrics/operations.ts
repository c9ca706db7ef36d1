import { type Call, json, param } from '../http/call.ts'
import { type Operation, operation } from '../http/operation.ts'
import { invalidRequest } from '../problem.ts'
import { date, readParameter } from '../query/kind.ts'

/** What a metric counts: history has it all. */
const METRICS: Readonly<Record<string, { readonly from: string; readonly at: string; readonly where?: string }>> = {
  'activity-instance-start': { from: 'hi_activity', at: 'started_at' },
  'activity-instance-end': { from: 'hi_activity', at: 'ended_at' },
  'flow-node-instances': { from: 'hi_activity', at: 'started_at' },
  'job-successful': { from: 'hi_job_log', at: 'at', where: "event = 'successful'" },
  'job-failed': { from: 'hi_job_log', at: 'at', where: "event = 'failed'" },
  'root-process-instance-start': { from: 'hi_instance', at: 'started_at', where: 'super_instance_id is null' },
  'process-instances': { from: 'hi_instance', at: 'started_at', where: 'super_instance_id is null' },
  'executed-decision-elements': { from: 'hi_decision_value', at: 'at' },
  'executed-decision-instances': { from: 'hi_decision', at: 'at' },
  'decision-instances': { from: 'hi_decision', at: 'at' },
}

export const metricsOperations: readonly Operation[] = [
  operation('GET', '/metrics/:name/sum', 'The sum of a metric', async (call) => {
    const name = param(call, 'name')
    const metric = Object.hasOwn(METRICS, name) ? METRICS[name] : undefined
    if (!metric) throw invalidRequest(`Cannot find metric '${name}'`)
    const [from, to] = [instant(call, 'startDate'), instant(call, 'endDate')]
    const conditions = [metric.where, from === null ? undefined : `${metric.at} >= ?`, to === null ? undefined : `${metric.at} < ?`].filter(
      (condition) => condition !== undefined,
    )
    const rows = await call.run.query<{ readonly n: number }>(
      `select count(*) as n from ${metric.from}${conditions.length > 0 ? ` where ${conditions.join(' and ')}` : ''}`,
      [from, to].filter((value) => value !== null),
    )
    return json({ result: Number(rows[0]?.n ?? 0) })
  }),
]

function instant(call: Call, name: string): number | null {
  const text = call.query.get(name)
  return text === null ? null : readParameter(date, name, text, 'text')
}
