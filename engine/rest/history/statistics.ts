import type { Call } from '../http/call.ts'
import { invalidRequest } from '../problem.ts'

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
  const rows = await call.run.query<Counted>(
    `select activity_id, sum(case when ended_at is null then 1 else 0 end) as running, sum(canceled) as canceled,
     sum(case when ended_at is not null then 1 else 0 end) as finished, sum(complete_scope) as complete_scope
     from hi_activity where definition_id = ? group by activity_id order by activity_id ${sortOrder === 'desc' ? 'desc' : 'asc'}`,
    [definitionId],
  )
  return rows
    .map((row) => ({
      id: row.activity_id,
      instances: Number(row.running),
      canceled: asks('canceled') ? Number(row.canceled) : 0,
      finished: asks('finished') ? Number(row.finished) : 0,
      completeScope: asks('completeScope') ? Number(row.complete_scope) : 0,
      openIncidents: 0,
      resolvedIncidents: 0,
      deletedIncidents: 0,
    }))
    .filter(({ instances, canceled, finished, completeScope }) => instances + canceled + finished + completeScope > 0)
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
