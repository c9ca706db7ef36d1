import { bodyOf, type Call, nothing, param, textOf } from '../http/call.ts'
import { type Operation, operation } from '../http/operation.ts'
import { queryOperations } from '../http/query-operations.ts'
import { Problem } from '../problem.ts'
import { findRow } from '../query/resource-query.ts'
import { incidentQuery } from './query.ts'

export const incidentOperations: readonly Operation[] = [
  ...queryOperations(incidentQuery, { post: false }),
  operation('DELETE', '/incident/:id', 'Resolves an incident that a client reported', async (call) => {
    const incident = await known(call)
    if (incident.incidentType === 'failedJob' || incident.incidentType === 'failedExternalTask')
      throw new Problem(400, 'BadUserRequestException', `Cannot resolve an incident of type ${incident.incidentType}`)
    await call.runtime.execute({ kind: 'resolveIncident', incidentId: param(call, 'id') }, undefined, call.userId)
    return nothing
  }),
  operation('PUT', '/incident/:id/annotation', 'Annotates an incident', async (call) => {
    await annotate(call, textOf(bodyOf(call), 'annotation'))
    return nothing
  }),
  operation('DELETE', '/incident/:id/annotation', 'Removes the annotation of an incident', async (call) => {
    await annotate(call, null)
    return nothing
  }),
]

async function known(call: Call): Promise<Record<string, unknown>> {
  const row = await findRow(incidentQuery, param(call, 'id'), call.run)
  if (!row) throw new Problem(404, 'InvalidRequestException', `Cannot find an incident with id '${param(call, 'id')}'`)
  return row
}

async function annotate(call: Call, annotation: string | null): Promise<void> {
  const [row] = await call.run.query('select incident_id from ru_incident where incident_id = ?', [param(call, 'id')])
  if (!row) throw new Problem(400, 'BadUserRequestException', `Cannot find an incident with id '${param(call, 'id')}'`)
  await call.runtime.execute({ kind: 'annotateIncident', incidentId: param(call, 'id'), annotation }, undefined, call.userId)
}
