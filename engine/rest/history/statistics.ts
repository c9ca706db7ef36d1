import type { SqlValue } from '../../../database/database.ts'
import type { Call } from '../http/call.ts'
import { invalidRequest } from '../problem.ts'
import { date, readParameter } from '../query/kind.ts'

interface Counted {
  readonly activity_id: string
  readonly running: number
  readonly canceled: number
  readonly finished: number
  readonly complete_scope: number
}

/** Counts of historic activities by activity: running ones always, others as far as they are asked for. */
export async function historicStatistics(call: Call, definitionId: string): Promise<readonly unknown[]> {
  const asks = (name: string): boolean => call.query.get(name) === 'true'
  const [sortBy, sortOrder] = [call.query.get('sortBy'), call.query.get('sortOrder')]
  if ((sortBy === null) !== (sortOrder === null) || (sortBy !== null && sortBy !== 'activityId'))
    throw invalidRequest(`sortBy parameter has invalid value: ${sortBy}`)
  const conditions = ['definition_id = ?']
  const params: SqlValue[] = [definitionId]
  for (const [name, column, operator] of [
    ['startedAfter', 'started_at', '>='],
    ['startedBefore', 'started_at', '<='],
    ['finishedAfter', 'ended_at', '>='],
    ['finishedBefore', 'ended_at', '<='],
  ] as const) {
    const text = call.query.get(name)
    if (text === null || text === '') continue
    conditions.push(`instance_id in (select p.instance_id from hi_instance p where p.${column} ${operator} ?)`)
    params.push(readParameter(date, name, text, 'text'))
  }
  const instances = call.query.get('processInstanceIdIn')?.split(',') ?? []
  if (instances.length > 0) {
    conditions.push(`instance_id in (${instances.map(() => '?').join(', ')})`)
    params.push(...instances)
  }
  const where = conditions.join(' and ')
  const rows = await call.run.query<Counted>(
    `select activity_id, sum(case when ended_at is null then 1 else 0 end) as running, sum(canceled) as canceled,
     sum(case when ended_at is not null then 1 else 0 end) as finished, sum(complete_scope) as complete_scope
     from hi_activity where ${where} group by activity_id`,
    params,
  )
  const incidents = asks('incidents')
    ? await call.run.query<CountedIncidents>(
        `select activity_id, sum(case when state = 'open' then 1 else 0 end) as open_ones,
         sum(case when state = 'resolved' then 1 else 0 end) as resolved, sum(case when state = 'deleted' then 1 else 0 end) as deleted
         from hi_incident where activity_id is not null and ${where} group by activity_id`,
        params,
      )
    : []
  const byActivity = new Map(rows.map((row) => [row.activity_id, row]))
  const ids = [...new Set([...byActivity.keys(), ...incidents.map(({ activity_id }) => activity_id)])].sort()
  return (sortOrder === 'desc' ? ids.reverse() : ids)
    .map((id) => {
      const row = byActivity.get(id)
      const incident = incidents.find(({ activity_id }) => activity_id === id)
      return {
        id,
        instances: Number(row?.running ?? 0),
        canceled: asks('canceled') ? Number(row?.canceled ?? 0) : 0,
        finished: asks('finished') ? Number(row?.finished ?? 0) : 0,
        completeScope: asks('completeScope') ? Number(row?.complete_scope ?? 0) : 0,
        openIncidents: Number(incident?.open_ones ?? 0),
        resolvedIncidents: Number(incident?.resolved ?? 0),
        deletedIncidents: Number(incident?.deleted ?? 0),
      }
    })
    .filter(({ id, ...counts }) => Object.values(counts).some((count) => count > 0))
}

interface CountedIncidents {
  readonly activity_id: string
  readonly open_ones: number
  readonly resolved: number
  readonly deleted: number
}

interface Cleanable {
  readonly definition_id: string
  readonly definition_key: string
  readonly name: string | null
  readonly version: number
  readonly history_ttl: number | null
  readonly tenant_id: string | null
  readonly finished: number
  readonly cleanable: number
}

/** How many ended instances of each definition there are, and how many of them may be forgotten. */
export async function cleanableReport(call: Call): Promise<readonly unknown[]> {
  const keys = call.query.get('processDefinitionKeyIn')?.split(',')
  const ids = call.query.get('processDefinitionIdIn')?.split(',')
  const among = (column: string, values: readonly string[] | undefined): string =>
    values ? ` and ${column} in (${values.map(() => '?').join(', ')})` : ''
  const rows = await call.run.query<Cleanable>(
    `select d.definition_id, d.definition_key, d.name, d.version, d.history_ttl, d.tenant_id, count(h.instance_id) as finished,
     sum(case when h.removal_at <= ? then 1 else 0 end) as cleanable from re_definition d
     left join hi_instance h on h.definition_id = d.definition_id and h.ended_at is not null
     where 1 = 1${among('d.definition_key', keys)}${among('d.definition_id', ids)}
     group by d.definition_id, d.definition_key, d.name, d.version, d.history_ttl, d.tenant_id order by d.definition_key, d.version`,
    [call.run.now, ...(keys ?? []), ...(ids ?? [])],
  )
  return rows.map((row) => ({
    processDefinitionId: row.definition_id,
    processDefinitionKey: row.definition_key,
    processDefinitionName: row.name,
    processDefinitionVersion: Number(row.version),
    historyTimeToLive: row.history_ttl,
    finishedProcessInstanceCount: Number(row.finished),
    cleanableProcessInstanceCount: Number(row.cleanable ?? 0),
    tenantId: row.tenant_id,
  }))
}

interface CleanableDecision extends Omit<Cleanable, 'definition_id' | 'definition_key'> {
  readonly decision_id: string
  readonly decision_key: string
}

/** The same of decisions that were evaluated outside of a process. */
export async function cleanableDecisions(call: Call): Promise<readonly unknown[]> {
  const rows = await call.run.query<CleanableDecision>(
    `select d.decision_id, d.decision_key, d.name, d.version, d.history_ttl, d.tenant_id, count(h.decision_instance_id) as finished,
     sum(case when h.removal_at <= ? then 1 else 0 end) as cleanable from re_decision d
     left join hi_decision h on h.decision_id = d.decision_id and h.root_id is null
     group by d.decision_id, d.decision_key, d.name, d.version, d.history_ttl, d.tenant_id order by d.decision_key, d.version`,
    [call.run.now],
  )
  return rows.map((row) => ({
    decisionDefinitionId: row.decision_id,
    decisionDefinitionKey: row.decision_key,
    decisionDefinitionName: row.name,
    decisionDefinitionVersion: Number(row.version),
    historyTimeToLive: row.history_ttl,
    finishedDecisionInstanceCount: Number(row.finished),
    cleanableDecisionInstanceCount: Number(row.cleanable ?? 0),
    tenantId: row.tenant_id,
  }))
}

/** Evaluations of the decisions of a graph; `decisionInstanceId`: only those that one evaluation of it caused. */
export async function evaluationsOf(call: Call, requirementsId: string): Promise<readonly unknown[]> {
  const root = call.query.get('decisionInstanceId')
  const rows = await call.run.query<{ readonly decision_key: string; readonly n: number }>(
    `select decision_key, count(*) as n from hi_decision where requirements_id = ?${
      root === null ? '' : ' and (decision_instance_id = ? or root_decision_instance_id = ?)'
    } group by decision_key order by decision_key`,
    [requirementsId, ...(root === null ? [] : [root, root])],
  )
  return rows.map(({ decision_key, n }) => ({ decisionDefinitionKey: decision_key, evaluations: Number(n) }))
}
