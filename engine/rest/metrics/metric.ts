import type { SqlValue } from '../../../database/database.ts'
import type { Query } from '../../runtime/ports.ts'

interface Metric {
  readonly from: string
  readonly at: string
  readonly where?: string
  readonly count?: string
}

const ACTIVITY_STARTS: Metric = { from: 'hi_activity', at: 'started_at' }
const ROOT_STARTS: Metric = { from: 'hi_instance', at: 'started_at', where: 'super_instance_id is null' }
const DECISIONS: Metric = { from: 'hi_decision', at: 'at' }
const WORKERS: Metric = {
  from: 'hi_identity_link',
  at: 'at',
  where: "type = 'assignee' and operation = 'add'",
  count: 'count(distinct user_id)',
}

/** What a metric counts: history has it all. Several have two names. */
const METRICS: Readonly<Record<string, Metric>> = {
  'activity-instance-start': ACTIVITY_STARTS,
  'activity-instance-end': { from: 'hi_activity', at: 'ended_at', where: 'ended_at is not null' },
  'flow-node-instances': ACTIVITY_STARTS,
  'job-successful': { from: 'hi_job_log', at: 'at', where: "event = 'successful'" },
  'job-failed': { from: 'hi_job_log', at: 'at', where: "event = 'failed'" },
  'root-process-instance-start': ROOT_STARTS,
  'process-instances': ROOT_STARTS,
  'executed-decision-elements': { from: 'hi_decision_value', at: 'at' },
  'executed-decision-instances': DECISIONS,
  'decision-instances': DECISIONS,
  'task-users': WORKERS,
  'unique-task-workers': WORKERS,
}

/** Those that a list of all has, in its order. */
export const listedMetrics = [
  'activity-instance-end',
  'flow-node-instances',
  'executed-decision-elements',
  'decision-instances',
  'job-failed',
  'job-successful',
  'process-instances',
] as const

export interface Range {
  readonly from: number | null
  readonly to: number | null
}

/** The sum over a time; of a metric that nobody knows it is nothing, as in Camunda. */
export async function sumOf(query: Query, name: string, range: Range): Promise<number> {
  const metric = metricOf(name)
  if (!metric) return 0
  const { text, params } = within(metric, range)
  const [row] = await query<{ readonly n: number }>(`select ${metric.count ?? 'count(*)'} as n from ${metric.from}${text}`, params)
  return Number(row?.n ?? 0)
}

/** The newest intervals in which something was counted, newest first; by their beginnings. */
export async function intervalsOf(query: Query, name: string, range: Range, interval: number, limit: number) {
  const metric = metricOf(name)
  // Who worked in a time is no sum over its parts.
  if (!metric || metric === WORKERS) return []
  const { text, params } = within(metric, range)
  const rows = await query<{ readonly start: number; readonly n: number }>(
    `select ${metric.at} - ${metric.at} % ? as start, count(*) as n from ${metric.from}${text} group by 1 order by 1 desc limit ?`,
    [interval, ...params, limit],
  )
  return rows.map(({ start, n }) => ({ start: Number(start), value: Number(n) }))
}

const metricOf = (name: string): Metric | undefined => (Object.hasOwn(METRICS, name) ? METRICS[name] : undefined)

function within({ at, where }: Metric, { from, to }: Range): { readonly text: string; readonly params: readonly SqlValue[] } {
  const conditions = [
    ...(where === undefined ? [] : [where]),
    ...(from === null ? [] : [`${at} >= ?`]),
    ...(to === null ? [] : [`${at} < ?`]),
  ]
  return {
    text: conditions.length === 0 ? '' : ` where ${conditions.join(' and ')}`,
    params: [from, to].filter((value) => value !== null),
  }
}
