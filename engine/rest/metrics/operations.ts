import { toWireDate } from '../../wire/date-time.ts'
import { type Call, json, param } from '../http/call.ts'
import { type Operation, operation } from '../http/operation.ts'
import { invalidRequest, Problem } from '../problem.ts'
import { date, integer, readParameter } from '../query/kind.ts'
import { intervalsOf, listedMetrics, sumOf } from './metric.ts'

const MAX_ROWS = 200
const DEFAULT_INTERVAL = 900

export const metricsOperations: readonly Operation[] = [
  operation('GET', '/metrics', 'Metrics by intervals of time, the newest first', async (call) => {
    const range = rangeOf(call)
    const interval = number(call, 'interval') ?? DEFAULT_INTERVAL
    const [first, max] = [number(call, 'firstResult') ?? 0, number(call, 'maxResults') ?? MAX_ROWS]
    if (max > MAX_ROWS) throw refuse(`Metrics interval query row limit can't be set larger than ${MAX_ROWS}.`)
    if (interval === 0) throw refuse('An interval has a length.')
    // What a node has counted is counted for all of them: no reporter has a part of it.
    if (call.query.get('reporter')) return json([])
    const wanted = call.query.get('name')
    const rows: { readonly start: number; readonly row: unknown }[] = []
    for (const name of wanted === null ? listedMetrics : [wanted])
      for (const { start, value } of await intervalsOf(call.run.query, name, range, Math.abs(interval) * 1000, first + MAX_ROWS))
        rows.push({ start, row: { timestamp: toWireDate(start), name, reporter: null, value } })
    rows.sort((a, b) => b.start - a.start)
    return json(rows.slice(first, first + Math.max(0, max)).map(({ row }) => row))
  }),
  operation('GET', '/metrics/:name/sum', 'The sum of a metric', async (call) =>
    json({ result: await sumOf(call.run.query, param(call, 'name'), rangeOf(call)) }),
  ),
]

const rangeOf = (call: Call) => ({ from: instant(call, 'startDate'), to: instant(call, 'endDate') })

function instant(call: Call, name: string): number | null {
  const text = call.query.get(name)
  return text === null ? null : readParameter(date, name, text, 'text')
}

function number(call: Call, name: string): number | null {
  const text = call.query.get(name)
  if (text === null || text === '') return null
  const value = integer.ofText(text)
  if (value === undefined) throw invalidRequest(`Cannot convert value ${text} to java type java.lang.Long`)
  return value
}

const refuse = (message: string) => new Problem(500, 'ProcessEngineException', message, { code: 0 })
