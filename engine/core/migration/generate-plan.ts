import type { Node } from '../model/node.ts'
import type { ProcessModel } from '../model/process-model.ts'
import { hasTrigger, incompatibilities, isConditional, isLookedUp, isMigratable, type MigrationInstruction } from './migration-plan.ts'

/** Maps what has the same id, the same kind and the same place: scope by scope, from the outside. */
export function generatePlan(source: ProcessModel, target: ProcessModel, updateEventTriggers: boolean): MigrationInstruction[] {
  const instructions: MigrationInstruction[] = []
  const mapped = new Map<Node, Node>([[source.root, target.root]])
  visit(source.root, target.root)
  return instructions

  function visit(scope: Node, targetScope: Node): void {
    const events = scope.children.filter((node) => node.behavior.kind === 'boundaryEvent')
    for (const node of [...scope.children.filter((child) => !events.includes(child)), ...events]) {
      const twin = target.nodes.get(node.id)
      if (!twin || twin.parent !== targetScope || !isMigratable(node) || !isMigratable(twin) || node.isForCompensation || isLookedUp(node))
        continue
      if (incompatibilities(node, twin).length > 0 || !fitsInside(node, twin)) continue
      if (node.behavior.kind === 'boundaryEvent' && node.eventScope && mapped.get(node.eventScope) !== twin.eventScope) continue
      mapped.set(node, twin)
      instructions.push({
        sourceActivityId: node.id,
        targetActivityId: twin.id,
        updateEventTrigger: isConditional(node) || (updateEventTriggers && hasTrigger(node)),
      })
      if (node.children.length > 0) visit(node, twin)
    }
  }
}

/** A multi-instance body goes over with its inner activity or not at all. */
function fitsInside(node: Node, twin: Node): boolean {
  if (node.behavior.kind !== 'multiInstanceBody' || twin.behavior.kind !== 'multiInstanceBody') return true
  const [inner, other] = [node.behavior.multiInstance.inner, twin.behavior.multiInstance.inner]
  return isMigratable(inner) && isMigratable(other) && incompatibilities(inner, other).length === 0
}
