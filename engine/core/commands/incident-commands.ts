import type { IncidentCommand } from '../command.ts'
import type { Run } from '../draft/run.ts'
import { failure, Refusal } from '../failure.ts'
import { endIncident } from '../flow/incidents.ts'

type Of<K extends IncidentCommand['kind']> = Extract<IncidentCommand, { readonly kind: K }>

export function resolveIncident(run: Run, command: Of<'resolveIncident'>): void {
  const instance = run.instance(command.instanceId)
  const incident = instance.incidents.get(command.incidentId)
  if (!incident) throw new Refusal(failure('unknown-incident', { incidentId: command.incidentId }))
  if (incident.type === 'failedJob' || incident.type === 'failedExternalTask') {
    throw new Refusal(failure('invalid-value', { what: 'type of the incident to resolve', text: incident.type }))
  }
  endIncident(instance, incident, 'resolved')
}

export function annotateIncident(run: Run, command: Of<'annotateIncident'>): void {
  const instance = run.instance(command.instanceId)
  const incident = instance.incidents.edit(command.incidentId)
  if (!incident) throw new Refusal(failure('unknown-incident', { incidentId: command.incidentId }))
  incident.annotation = command.annotation
  instance.record({ kind: 'incident-annotated', incidentId: incident.id, annotation: command.annotation })
}
