import type { InstanceDraft } from '../draft/instance-draft.ts'
import type { Incident } from '../state.ts'

export interface NewIncident {
  readonly type: string
  readonly executionId: string
  readonly activityId: string
  readonly failedActivityId: string | null
  readonly configuration: string | null
  readonly message: string | null
  readonly jobDefinitionId: string | null
}

/** Creates an incident here and, pointing to it, one in each calling instance up to the root. */
export function createIncident(instance: InstanceDraft, incident: NewIncident): Incident {
  const id = instance.run.newId()
  const first = store(instance, { ...incident, id, causeIncidentId: id, rootCauseIncidentId: id })
  let cause = first
  for (let called = instance; called.head.superInstanceId !== null && called.head.superTokenId !== null; ) {
    const caller = called.run.instance(called.head.superInstanceId)
    const token = caller.tokens.get(called.head.superTokenId)
    if (!token) break
    cause = store(caller, {
      ...incident,
      id: caller.run.newId(),
      executionId: token.id,
      activityId: token.node ?? '',
      failedActivityId: token.node,
      configuration: null,
      message: null,
      jobDefinitionId: null,
      causeIncidentId: cause.id,
      rootCauseIncidentId: first.id,
    })
    called = caller
  }
  return first
}

function store(instance: InstanceDraft, incident: Omit<Incident, 'createdAt' | 'annotation'>): Incident {
  const stored = instance.incidents.insert({ ...incident, createdAt: instance.run.env.now, annotation: null })
  instance.record({
    kind: 'incident-created',
    incidentId: stored.id,
    type: stored.type,
    executionId: stored.executionId,
    activityId: stored.activityId,
    failedActivityId: stored.failedActivityId,
    configuration: stored.configuration,
    message: stored.message,
    causeIncidentId: stored.causeIncidentId,
    rootCauseIncidentId: stored.rootCauseIncidentId,
    jobDefinitionId: stored.jobDefinitionId,
  })
  return stored
}

/** Ends an incident and those in calling instances that it caused. */
export function endIncident(instance: InstanceDraft, incident: Incident, state: 'resolved' | 'deleted'): void {
  instance.incidents.remove(incident.id)
  instance.record({ kind: 'incident-ended', incidentId: incident.id, state })
  if (instance.head.superInstanceId === null) return
  const caller = instance.run.findInstance(instance.head.superInstanceId)
  for (const caused of [...(caller?.incidents.all() ?? [])]) {
    if (caller && caused.causeIncidentId === incident.id) endIncident(caller, caused, state)
  }
}

export function endIncidentOf(instance: InstanceDraft, configuration: string, state: 'resolved' | 'deleted'): void {
  if (instance.incidents.size === 0) return
  for (const incident of [...instance.incidents.all()]) if (incident.configuration === configuration) endIncident(instance, incident, state)
}

/** Whatever incidents hang on an execution that goes away. */
export function closeIncidents(instance: InstanceDraft, executionId: string): void {
  if (instance.incidents.size === 0) return
  for (const incident of instance.incidents.of(executionId)) endIncident(instance, incident, 'deleted')
}
