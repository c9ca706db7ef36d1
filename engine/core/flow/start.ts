import type { Definition } from '../definition.ts'
import type { InstanceDraft } from '../draft/instance-draft.ts'
import { failure, Refusal } from '../failure.ts'
import type { Node } from '../model/node.ts'
import { openInstance, tellStart } from './instances.ts'
import { enter } from './lifecycle.ts'
import { firstToken } from './tokens.ts'

/** Where a start by key begins: the none or timer start event; a lone start event of any kind. */
export function startNodeOf(definition: Definition): Node {
  const { model } = definition
  const chosen =
    model.starts.find((start) => start.kind === 'none' || start.kind === 'timer') ??
    (model.starts.length === 1 ? model.starts[0] : undefined)
  const node = chosen && model.nodes.get(chosen.nodeId)
  if (!node) throw new Refusal(failure('no-start-event', { definitionId: definition.id }))
  return node
}

/** Sets the first token on its way. */
export function startAt(instance: InstanceDraft, start: Node): void {
  instance.run.push(() => {
    if (instance.ended) return
    const token = firstToken(instance, instance.rootScope)
    token.node = start.id
    openInstance(instance)
    if (!start.async.before) tellStart(instance)
    // With an asynchronous start, conditions are looked at when it goes on.
    const { run } = instance
    if (start.async.before) run.conditionEvents = run.conditionEvents.filter((event) => event.instance !== instance)
    // An event subprocess whose condition holds at once may take it away.
    instance.run.pushFor(instance, token, () => enter(instance, token, start))
  })
}
