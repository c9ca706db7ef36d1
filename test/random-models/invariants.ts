import { type Command, decode, encode, type Family, familyOf, type Instance, type StepResult, step } from '../../engine/core/index.ts'
import type { CoreEngine } from '../builders/core-engine.ts'

/** The step gives the same from a snapshot as from memory, and the same from those members alone that it cannot do without. */
export function checkRepeatable(engine: CoreEngine, command: Command): void {
  const { family } = engine
  if (!family) return
  const env = () => {
    let ids = 0
    return { ...engine.env(), newId: () => `r${++ids}` }
  }
  const instances = [...family.instances.values()].map((instance) => decode(encode(instance)))
  const again = familyOf(family.rootId, family.seq, instances)
  const expected = step(engine.models, family, command, env())
  if (text(step(engine.models, again, command, env())) !== text(expected))
    throw new Error(`${command.kind} gives something else from a snapshot`)
  const some = membersFor(family, command.instanceId)
  const partial = step(engine.models, { ...family, instances: some, isPartial: true }, command, env())
  if (partial.kind !== 'needs' && text(withoutOthers(partial, some)) !== text(withoutOthers(expected, some)))
    throw new Error(`${command.kind} gives something else from ${some.size} of ${family.instances.size} members`)
}

/** What the store reads for a command: the instance, those that called it, and the root. */
function membersFor({ rootId, instances }: Family, instanceId: string): ReadonlyMap<string, Instance> {
  const some = new Map<string, Instance>()
  for (let id: string | null = instanceId; id !== null; id = instances.get(id)?.superInstanceId ?? null) {
    const instance = instances.get(id)
    if (instance) some.set(id, instance)
  }
  const root = instances.get(rootId)
  if (root) some.set(rootId, root)
  return new Map([...instances].filter(([id]) => some.has(id)))
}

/** A result without the members that it did not look at. */
function withoutOthers(result: StepResult, some: ReadonlyMap<string, Instance>): unknown {
  if (result.kind !== 'done') return result
  const { rootId, seq, instances } = result.family
  const kept = [...instances].filter(([id]) => some.has(id) || result.touched.includes(id))
  return { ...result, family: { rootId, seq, instances: kept } }
}

const text = (value: unknown): string =>
  JSON.stringify(value, (_key, each: unknown) => (typeof each === 'bigint' ? `${each}n` : each instanceof Map ? [...each] : each))

/** Every token waits for something, every scope has tokens, and nothing waits for what is not there. */
export function checkFamily({ family, definitions }: CoreEngine): void {
  for (const instance of family?.instances.values() ?? []) {
    const model = definitions.find(({ id }) => id === instance.definitionId)?.model
    const compensates = (node: string | null) =>
      ['compensationThrow', 'cancelEnd'].includes(model?.nodes.get(node ?? '')?.behavior.kind ?? '')
    const problems = problemsOf(instance, compensates)
    if (problems.length > 0) throw new Error(problems.join('; '))
    if (instance.superInstanceId !== null && !family?.instances.get(instance.superInstanceId)?.tokens.has(instance.superTokenId ?? ''))
      throw new Error(`called instance ${instance.id} has lost its caller`)
  }
}

function problemsOf(instance: Instance, compensates: (node: string | null) => boolean): string[] {
  const problems: string[] = []
  const tokensIn = new Map<string, number>()
  for (const token of instance.tokens.values()) {
    tokensIn.set(token.scopeId, (tokensIn.get(token.scopeId) ?? 0) + 1)
    if (!instance.scopes.has(token.scopeId)) problems.push(`token ${token.id} has no scope`)
    if (token.phase === 'moving') problems.push(`token ${token.id} is left between nodes`)
    if (token.childScopeId !== null && instance.scopes.get(token.childScopeId)?.tokenId !== token.id)
      problems.push(`token ${token.id} has lost its inner scope`)
    // One that compensates waits for the handlers, beside it in its scope.
    const waitsForOthers = token.calledInstanceId !== null || (compensates(token.node) && instance.tokens.size > 1)
    if (!waits(instance, token.id) && !waitsForOthers) problems.push(`token ${token.id} at ${token.node} waits for nothing`)
  }
  for (const scope of instance.scopes.values()) {
    if (!tokensIn.get(scope.id)) problems.push(`scope ${scope.node} is empty`)
    if (scope.parentId !== null && instance.tokens.get(scope.tokenId ?? '')?.childScopeId !== scope.id)
      problems.push(`scope ${scope.node} belongs to no token`)
  }
  for (const task of instance.tasks.values()) if (!instance.tokens.has(task.executionId)) problems.push(`task ${task.node} has no token`)
  for (const waiting of [...instance.subscriptions.values(), ...instance.jobs.values(), ...instance.externalTasks.values()]) {
    if (!instance.scopes.has(waiting.executionId) && !instance.tokens.has(waiting.executionId))
      problems.push(`${waiting.node} waits nowhere`)
  }
  return problems
}

function waits(instance: Instance, tokenId: string): boolean {
  const token = instance.tokens.get(tokenId)
  if (!token || token.childScopeId !== null || token.phase === 'joining' || token.phase.startsWith('async')) return true
  const waiting = [
    ...instance.tasks.values(),
    ...instance.subscriptions.values(),
    ...instance.jobs.values(),
    ...instance.externalTasks.values(),
  ]
  return waiting.some((each) => each.executionId === tokenId)
}
