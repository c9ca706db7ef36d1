import type { Diagram } from '../../contracts/api/inbox.ts'
import type { ActivityInstanceNode } from '../../engine/process-engine.ts'
import type { ApprovalParts } from './deps.ts'

/** The model by which an instance runs, with its token, what it left behind, and where it failed. */
export async function diagramOf({ engine, procedures }: ApprovalParts, instanceId: string, definitionId: string): Promise<Diagram> {
  const procedure = await procedures.byDefinition(definitionId)
  const tree = await engine.instances.activityTree(instanceId)
  const history = await engine.history.activities({ processInstanceId: instanceId })
  const failed = await engine.incidents.list({ processInstanceId: instanceId })
  return {
    definitionId,
    name: procedure?.title ?? '',
    xml: procedure?.version.xml ?? (await engine.definitions.xml(definitionId)),
    active: tree ? leaves(tree).filter((id) => id !== tree.activityId) : [],
    done: [...new Set(history.filter((one) => one.endedAt !== null && !one.cancelled).map((one) => one.activityId))],
    failed: [...new Set(failed.flatMap((incident) => incident.activityId ?? []))],
  }
}

function leaves(node: ActivityInstanceNode): string[] {
  const inner = [...node.childActivityInstances.flatMap(leaves), ...node.childTransitionInstances.map((child) => child.activityId)]
  return inner.length > 0 ? inner : [node.activityId]
}
