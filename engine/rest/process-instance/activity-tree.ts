import type { ProcessModel } from '../../core/model/process-model.ts'
import type { Instance } from '../../core/state.ts'
import type { ActivityInstanceNode } from '../../process-engine.ts'

/** The activity tree as Camunda's REST API writes it: parents, names and incidents added. */
export function treeOut(
  node: ActivityInstanceNode,
  instance: Instance,
  model: ProcessModel,
  parentId: string | null,
): Record<string, unknown> {
  const inside = new Set([...node.childActivityInstances, ...node.childTransitionInstances].map(({ activityId }) => activityId))
  // A timer at its edge or of an event subprocess fails in the activity; what shares its execution has incidents of its own.
  const incidents = incidentsAt(instance, node.executionIds, (activityId) => activityId === node.activityId || !inside.has(activityId))
  return {
    id: node.id,
    parentActivityInstanceId: parentId,
    activityId: node.activityId,
    activityType: node.activityType,
    processInstanceId: instance.id,
    processDefinitionId: instance.definitionId,
    childActivityInstances: node.childActivityInstances.map((child) => treeOut(child, instance, model, node.id)),
    childTransitionInstances: node.childTransitionInstances.map(({ id, activityId, executionId }) => {
      const own = incidentsAt(instance, [executionId], (id) => id === activityId)
      return {
        id,
        parentActivityInstanceId: node.id,
        processInstanceId: instance.id,
        processDefinitionId: instance.definitionId,
        activityId,
        activityName: model.nodes.get(activityId)?.name ?? null,
        activityType: model.nodes.get(activityId)?.activityType ?? null,
        targetActivityId: activityId,
        executionId,
        incidentIds: own.map((incident) => incident.id),
        incidents: own,
      }
    }),
    executionIds: node.executionIds,
    activityName: node.activityName,
    name: node.activityName,
    incidentIds: incidents.map((incident) => incident.id),
    incidents,
  }
}

const incidentsAt = (instance: Instance, executionIds: readonly string[], isOf: (activityId: string) => boolean) =>
  [...instance.incidents.values()]
    .filter((incident) => executionIds.includes(incident.executionId) && isOf(incident.activityId))
    .map((incident) => ({ id: incident.id, activityId: incident.activityId }))
