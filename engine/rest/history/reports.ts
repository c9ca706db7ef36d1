import { type Call, json } from '../http/call.ts'
import { type Operation, operation } from '../http/operation.ts'
import { invalidRequest } from '../problem.ts'
import { date, readParameter } from '../query/kind.ts'

interface Period {
  readonly started_at: number
  readonly duration: number
}

const UNITS = { month: (month: number) => month + 1, quarter: (month: number) => Math.floor(month / 3) + 1 } as const

/** Reports over ended instances and tasks: how long they took, by month or quarter, and how many there were. */
export const durationReports: readonly Operation[] = [
  operation('GET', '/history/process-instance/report', 'How long ended instances took', async (call) => {
    if (call.query.get('reportType') !== 'duration') throw invalidRequest(`Unknown report type ${call.query.get('reportType')}`)
    const among = (column: string, name: string): { readonly text: string; readonly values: readonly string[] } => {
      const values = call.query.get(name)?.split(',') ?? []
      return { text: values.length === 0 ? '' : ` and ${column} in (${values.map(() => '?').join(', ')})`, values }
    }
    const [ids, keys] = [among('definition_id', 'processDefinitionIdIn'), among('definition_key', 'processDefinitionKeyIn')]
    const [after, before] = [instant(call, 'startedAfter'), instant(call, 'startedBefore')]
    const rows = await call.run.query<Period>(
      `select started_at, ended_at - started_at as duration from hi_instance where ended_at is not null${ids.text}${keys.text}${
        after === null ? '' : ' and started_at >= ?'
      }${before === null ? '' : ' and started_at < ?'}`,
      [...ids.values, ...keys.values, ...(after === null ? [] : [after]), ...(before === null ? [] : [before])],
    )
    return json(byPeriod(call, rows))
  }),
  operation('GET', '/history/task/report', 'How long ended tasks took, or how many there were', async (call) => {
    const type = call.query.get('reportType')
    if (type === null || !['duration', 'count'].includes(type)) throw invalidRequest(`Unknown report type ${type}`)
    const [after, before] = [instant(call, 'completedAfter'), instant(call, 'completedBefore')]
    const within = `${after === null ? '' : ' and t.ended_at >= ?'}${before === null ? '' : ' and t.ended_at <= ?'}`
    const times = [...(after === null ? [] : [after]), ...(before === null ? [] : [before])]
    if (type === 'count') return json(await taskCounts(call, within, times))
    const rows = await call.run.query<Period>(
      `select t.started_at, t.ended_at - t.started_at as duration from hi_task t where t.ended_at is not null${within}`,
      times,
    )
    return json(byPeriod(call, rows))
  }),
]

function instant(call: Call, name: string): number | null {
  const text = call.query.get(name)
  return text === null || text === '' ? null : readParameter(date, name, text, 'text')
}

function byPeriod(call: Call, rows: readonly Period[]): readonly unknown[] {
  const given = call.query.get('periodUnit')
  if (given === null) throw invalidRequest('periodUnit is null')
  const unit = Object.keys(UNITS).find((name) => name === given.toLowerCase()) as keyof typeof UNITS | undefined
  if (!unit) throw invalidRequest(`Cannot set query parameter 'periodUnit' to value '${given}'`)
  const periods = new Map<number, number[]>()
  for (const { started_at, duration } of rows) {
    const period = UNITS[unit](new Date(Number(started_at)).getUTCMonth())
    const list = periods.get(period) ?? []
    list.push(Number(duration))
    periods.set(period, list)
  }
  return [...periods]
    .sort(([a], [b]) => a - b)
    .map(([period, durations]) => ({
      period,
      periodUnit: unit.toUpperCase(),
      minimum: Math.min(...durations),
      maximum: Math.max(...durations),
      average: Math.floor(durations.reduce((sum, duration) => sum + duration, 0) / durations.length),
    }))
}

interface Counted {
  readonly definition_key: string | null
  readonly definition_id: string | null
  readonly definition_name: string | null
  readonly name: string | null
  readonly tenant_id: string | null
  readonly n: number
}

async function taskCounts(call: Call, within: string, times: readonly number[]): Promise<readonly unknown[]> {
  const groupBy = call.query.get('groupBy')
  if (groupBy !== 'taskName' && groupBy !== 'processDefinition') throw invalidRequest(`groupBy parameter has invalid value: ${groupBy}`)
  const name = groupBy === 'taskName' ? 't.name' : 'null'
  const rows = await call.run.query<Counted>(
    `select d.definition_key, d.definition_id, d.name as definition_name, ${name} as name, t.tenant_id, count(*) as n from hi_task t
     join re_definition d on d.definition_id = t.definition_id where 1 = 1${within}
     group by d.definition_key, d.definition_id, d.name${groupBy === 'taskName' ? ', t.name' : ''}, t.tenant_id order by 4, 1, 2`,
    times,
  )
  return rows.map((row) => ({
    count: Number(row.n),
    processDefinitionKey: row.definition_key,
    processDefinitionId: row.definition_id,
    processDefinitionName: row.definition_name,
    taskName: row.name,
    tenantId: row.tenant_id,
  }))
}
