import type { Call } from '../http/call.ts'
import { invalidRequest } from '../problem.ts'
import { listRows, readGet } from '../query/resource-query.ts'
import { processDefinitionQuery } from './query.ts'

interface Counted {
  readonly item: string | null
  readonly n: number
}

interface IncidentCount extends Counted {
  readonly type: string
}

/** What the parameters ask for beside the instances. */
function wanted(
  call: Call,
  ofDefinitions: boolean,
): {
  readonly failedJobs: boolean
  readonly incidents: boolean
  readonly type: string | null
  readonly roots: boolean
} {
  const type = call.query.get('incidentsForType')
  const incidents = call.query.get('incidents') === 'true'
  const roots = ofDefinitions && call.query.get('rootIncidents') === 'true'
  if (incidents && type !== null) throw invalidRequest('Only one of the query parameter incidents or incidentsForType can be set.')
  return { failedJobs: call.query.get('failedJobs') === 'true', incidents: incidents || roots || type !== null, type, roots }
}

export async function definitionStatistics(call: Call): Promise<readonly unknown[]> {
  const { failedJobs, incidents, type, roots } = wanted(call, true)
  const which = roots ? 'incident_id = root_cause_incident_id' : '1 = 1'
  const definitions = await listRows(processDefinitionQuery, readGet(processDefinitionQuery, new URLSearchParams()), call.run)
  const instances = await count(call, 'select definition_id as item, count(*) as n from ru_instance group by definition_id')
  const jobs = failedJobs
    ? await count(call, 'select definition_id as item, count(*) as n from ru_job where retries = 0 group by definition_id')
    : new Map<string, number>()
  const found = incidents ? await incidentCounts(call, 'definition_id', which, [], type) : new Map<string, readonly unknown[]>()
  return definitions.map((definition) => {
    const id = String(definition.id)
    return { id, instances: instances.get(id) ?? 0, failedJobs: jobs.get(id) ?? 0, definition, incidents: found.get(id) ?? [] }
  })
}

export async function activityStatistics(call: Call, definitionId: string): Promise<readonly unknown[]> {
  // Root incidents are told of definitions only.
  const { failedJobs, incidents, type } = wanted(call, false)
  const instances = await count(
    call,
    `select activity_id as item, count(*) as n from ru_execution where definition_id = ? and activity_id is not null
     and (is_active = 1 or is_transition = 1) group by activity_id`,
    [definitionId],
  )
  const jobs = failedJobs
    ? await count(
        call,
        'select activity_id as item, count(*) as n from ru_job where definition_id = ? and retries = 0 and instance_id is not null group by activity_id',
        [definitionId],
      )
    : new Map<string, number>()
  const found = incidents
    ? await incidentCounts(call, 'activity_id', 'definition_id = ?', [definitionId], type)
    : new Map<string, readonly unknown[]>()
  const ids = new Set([...instances.keys(), ...jobs.keys(), ...found.keys()])
  return [...ids].map((id) => ({ id, instances: instances.get(id) ?? 0, failedJobs: jobs.get(id) ?? 0, incidents: found.get(id) ?? [] }))
}

async function count(call: Call, text: string, params: readonly string[] = []): Promise<Map<string, number>> {
  const rows = await call.run.query<Counted>(text, params)
  return new Map(rows.flatMap(({ item, n }) => (item === null ? [] : [[item, Number(n)] as const])))
}

async function incidentCounts(
  call: Call,
  column: string,
  where: string,
  params: readonly string[],
  type: string | null,
): Promise<Map<string, readonly unknown[]>> {
  const rows = await call.run.query<IncidentCount>(
    `select ${column} as item, type as type, count(*) as n from ru_incident where ${where}${type === null ? '' : ' and type = ?'} group by ${column}, type`,
    type === null ? params : [...params, type],
  )
  const found = new Map<string, unknown[]>()
  for (const { item, type: incidentType, n } of rows) {
    if (item === null) continue
    const list = found.get(item) ?? []
    list.push({ incidentType, incidentCount: Number(n) })
    found.set(item, list)
  }
  return found
}
