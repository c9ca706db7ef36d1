import type { Node } from '../model/node.ts'
import type { ProcessModel } from '../model/process-model.ts'
import { hasTrigger, incompatibility, type MigrationInstruction } from './migration-plan.ts'

/** An instruction that cannot be followed, and why. */
export interface InstructionReport {
  readonly instruction: MigrationInstruction
  readonly failures: readonly string[]
}

/** Everything that is wrong with a plan; none: it can be executed. */
export function validatePlan(
  source: ProcessModel,
  target: ProcessModel,
  instructions: readonly MigrationInstruction[],
): InstructionReport[] {
  const targetOf = new Map<Node, Node>([[source.root, target.root]])
  for (const { sourceActivityId, targetActivityId } of instructions) {
    const from = source.nodes.get(sourceActivityId)
    const to = target.nodes.get(targetActivityId)
    if (from && to) targetOf.set(from, to)
  }
  return instructions.flatMap((instruction) => {
    const failures = failuresOf(instruction)
    return failures.length === 0 ? [] : [{ instruction, failures }]
  })

  function failuresOf(instruction: MigrationInstruction): string[] {
    const from = activity(source, instruction.sourceActivityId)
    const to = activity(target, instruction.targetActivityId)
    const failures: string[] = []
    if (!from) failures.push(`Source activity '${instruction.sourceActivityId}' does not exist`)
    if (!to) failures.push(`Target activity '${instruction.targetActivityId}' does not exist`)
    if (!from || !to) return failures
    if (instructions.filter((each) => each.sourceActivityId === from.id).length > 1)
      failures.push(`There are multiple mappings for source activity id '${from.id}'`)
    const different = incompatibility(from, to)
    if (different !== null) failures.push(different)
    if (from.behavior.kind === 'boundaryEvent' && from.eventScope && targetOf.get(from.eventScope) !== to.eventScope) {
      failures.push(
        `The source activity's event scope (${from.eventScope.id}) must be mapped to the target activity's event scope (${to.eventScope?.id ?? ''})`,
      )
    }
    const ancestor = closestMapped(from)
    const ancestorTarget = targetOf.get(ancestor)
    if (ancestorTarget && !isWithin(to, ancestorTarget)) {
      failures.push(
        `The closest mapped ancestor '${ancestor.id}' is mapped to scope '${ancestorTarget.id}' which is not an ancestor of target scope '${to.id}'`,
      )
    }
    const body = newBody(to, ancestorTarget ?? target.root)
    if (body)
      failures.push(
        `Target activity '${to.id}' is a descendant of multi-instance body '${body.id}' that is not mapped from the source process definition.`,
      )
    if (instruction.updateEventTrigger && !hasTrigger(from))
      failures.push('Cannot update event trigger because the activity does not define a persistent event trigger')
    return failures
  }

  function closestMapped(node: Node): Node {
    for (let parent = node.parent; parent; parent = parent.parent) if (targetOf.has(parent)) return parent
    return source.root
  }
}

function activity(model: ProcessModel, id: string): Node | undefined {
  const node = model.nodes.get(id)
  return node && node !== model.root ? node : undefined
}

function isWithin(node: Node, ancestor: Node): boolean {
  for (let parent = node.parent; parent; parent = parent.parent) if (parent === ancestor) return true
  return false
}

/** A multi-instance body between a target and the scope that it is mapped into: it cannot be made up. */
function newBody(node: Node, ancestor: Node): Node | null {
  for (let parent = node.parent; parent && parent !== ancestor; parent = parent.parent)
    if (parent.behavior.kind === 'multiInstanceBody') return parent
  return null
}
