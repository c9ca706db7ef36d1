import type { Node } from '../model/node.ts'
import type { ProcessModel } from '../model/process-model.ts'
import { eventScopeOf, hasTrigger, incompatibilities, isConditional, type MigrationInstruction } from './migration-plan.ts'

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
    if (from && to && !targetOf.has(from)) targetOf.set(from, to)
  }
  const targets = new Set(targetOf.values())
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
    failures.push(...incompatibilities(from, to))
    const same = instructions.filter((each) => each.sourceActivityId === from.id)
    if (same.length > 1) failures.push(`There are multiple mappings for source activity id '${from.id}': ${same.map(inWords).join(', ')}`)
    failures.push(...bodyFailures(from, to), ...gatewayFailures(from, to), ...eventFailures(from, to))
    if (instruction.updateEventTrigger && !hasTrigger(from))
      failures.push('Cannot update event trigger because the activity does not define a persistent event trigger')
    const ancestor = closestMapped(from)
    const ancestorTarget = targetOf.get(ancestor)
    if (ancestorTarget && !isWithin(to, ancestorTarget)) {
      failures.push(
        `The closest mapped ancestor '${ancestor.id}' is mapped to scope '${ancestorTarget.id}' which is not an ancestor of target scope '${to.id}'`,
      )
    }
    if (isConditional(from) && !instruction.updateEventTrigger) failures.push('Conditional event has to migrate with update event trigger.')
    return failures
  }

  function bodyFailures(from: Node, to: Node): string[] {
    const failures: string[] = []
    const body = newBody(to, targets)
    if (body)
      failures.push(
        `Target activity '${to.id}' is a descendant of multi-instance body '${body.id}' that is not mapped from the source process definition.`,
      )
    if (to.behavior.kind === 'multiInstanceBody' && !targets.has(to.behavior.multiInstance.inner))
      failures.push('Must map the inner activity of a multi-instance body when the body is mapped')
    if (from.behavior.kind === 'multiInstanceBody' && !targetOf.has(from.behavior.multiInstance.inner))
      failures.push('Cannot remove the inner activity of a multi-instance body when the body is mapped')
    return failures
  }

  /** Tokens wait in a gateway for others: all of them must go on to do so. */
  function gatewayFailures(from: Node, to: Node): string[] {
    if (to.behavior.kind !== 'parallelGateway' && to.behavior.kind !== 'inclusiveGateway') return []
    const failures: string[] = []
    if (from.incoming.length > to.incoming.length)
      failures.push('The target gateway must have at least the same number of incoming sequence flows that the source gateway has')
    if (from.parent && !targetOf.has(from.parent)) failures.push(`The gateway's flow scope '${from.parent.id}' must be mapped`)
    if (instructions.filter((each) => each.targetActivityId === to.id).length > 1)
      failures.push(`Only one gateway can be mapped to gateway '${to.id}'`)
    return failures
  }

  function eventFailures(from: Node, to: Node): string[] {
    const scope = eventScopeOf(from)
    const isCompensation = from.behavior.kind === 'boundaryEvent' && from.behavior.trigger.kind === 'compensate'
    if (isCompensation || scope === null || scope === from.parent) return []
    const targetScope = eventScopeOf(to)
    if (targetScope === null) {
      if (from.behavior.kind === 'userTask') return []
      return [`The source activity's event scope (${scope.id}) must be mapped but the target activity has no event scope`]
    }
    if (targetOf.get(scope)?.id === targetScope.id) return []
    return [`The source activity's event scope (${scope.id}) must be mapped to the target activity's event scope (${targetScope.id})`]
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

/** A multi-instance body between a target and the nearest scope that is mapped: it cannot be made up. */
function newBody(node: Node, targets: ReadonlySet<Node>): Node | null {
  for (let parent = node.parent; parent && !targets.has(parent); parent = parent.parent)
    if (parent.behavior.kind === 'multiInstanceBody') return parent
  return null
}

const inWords = ({ sourceActivityId, targetActivityId }: MigrationInstruction): string =>
  `ValidatingMigrationInstructionImpl{sourceActivity=Activity(${sourceActivityId}), targetActivity=Activity(${targetActivityId})}`
