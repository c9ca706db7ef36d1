import { describe, expect, it } from '@jest/globals'
import { type Command, decode, encode, type Family, familyOf, type Instance, step } from '../../engine/core/index.ts'
import { CoreEngine } from '../builders/core-engine.ts'
import { randomModel, randomOf } from './random-model.ts'

const cases = Number(process.env['PROPERTY_CASES'] ?? 150)
const first = Number(process.env['PROPERTY_FIRST'] ?? 1)

describe('the core on random models', () => {
  it('conserves tokens, projects what it keeps, repeats from a snapshot, and comes to an end', () => {
    for (let seed = first; seed < first + cases; seed += 1) play(seed)
  })
})

function play(seed: number): void {
  const random = randomOf(seed)
  const engine = new CoreEngine()
  let modified = false
  try {
    engine.deploy(randomModel(random))
    engine.start('p', { x: { t: 'Integer', v: random(6) } })
    check(engine.family)
    for (let turn = 0; turn < 60 && !engine.ended; turn += 1) {
      const command = randomCommand(engine, random, turn > 20)
      if (!command) break
      if (command.kind === 'modify') modified = true
      repeatable(engine, command)
      engine.attempt(command)
      check(engine.family)
    }
    for (let turn = 0; turn < 2_000 && !engine.ended; turn += 1) {
      const command = randomCommand(engine, random, true)
      // A token that a modification has put in from outside may wait at a join for ever.
      if (!command && modified) return
      if (!command) throw new Error(`stuck at ${JSON.stringify(engine.tree())}`)
      engine.run(command)
    }
    expect(engine.ended || modified).toBe(true)
  } catch (error) {
    throw new Error(`seed ${seed}: ${(error as Error).message}`, { cause: error })
  }
}

/** Any task, job or waiting message; before `onlyOnwards` also changes of variables, modification, suspension. */
function randomCommand(engine: CoreEngine, random: (below: number) => number, onlyOnwards: boolean): Command | null {
  const instance = engine.family && [...engine.family.instances.values()][0]
  if (!instance) return null
  if (instance.suspended) return { kind: 'setSuspended', instanceId: instance.id, suspended: false }
  const id = { instanceId: instance.id }
  const onwards: Command[] = [
    ...Array.from(
      instance.tasks.keys(),
      (taskId): Command => ({ ...id, kind: 'completeTask', taskId, variables: { x: { t: 'Integer', v: random(6) } } }),
    ),
    ...Array.from(instance.jobs.keys(), (jobId): Command => ({ ...id, kind: 'fireJob', jobId })),
    ...Array.from(instance.subscriptions.values())
      .filter((subscription) => subscription.type === 'message')
      .map((subscription): Command => ({ ...id, kind: 'deliver', subscriptionId: subscription.id, variables: {} })),
  ]
  const nodes = [...(engine.definitions[0]?.model.nodes.values() ?? [])].filter(
    (node) => node.behavior.kind === 'userTask' || node.behavior.kind === 'subprocess',
  )
  const node = nodes[random(nodes.length)]
  const others: Command[] =
    onlyOnwards || !node
      ? []
      : [
          {
            ...id,
            kind: 'setVariables',
            executionId: instance.id,
            variables: { x: { t: 'Long', v: BigInt(random(9)) } },
            remove: [],
            local: false,
          },
          { ...id, kind: 'setSuspended', suspended: true },
          {
            ...id,
            kind: 'modify',
            instructions: [{ type: 'startBeforeActivity', activityId: node.id }],
            skipCustomListeners: false,
            skipIoMappings: false,
          },
        ]
  const tasks = onwards.filter((command) => command.kind !== 'deliver')
  // Messages may start non-interrupting event subprocesses for ever: towards the end they come only when nothing else can.
  const choice = onlyOnwards && tasks.length > 0 ? tasks : [...onwards, ...others]
  return choice[random(choice.length)] ?? null
}

function repeatable(engine: CoreEngine, command: Command): void {
  const env = () => {
    let ids = 0
    return { ...engine.env(), newId: () => `r${++ids}` }
  }
  const family = engine.family as Family
  const again = familyOf(
    family.rootId,
    family.seq,
    [...family.instances.values()].map((instance) => decode(encode(instance))),
  )
  expect(text(step(engine.models, again, command, env()))).toBe(text(step(engine.models, family, command, env())))
}

const text = (value: unknown): string =>
  JSON.stringify(value, (_key, each: unknown) => (typeof each === 'bigint' ? `${each}n` : each instanceof Map ? [...each] : each))

function check(family: Family | null): void {
  for (const instance of family?.instances.values() ?? []) checkInstance(instance)
}

function checkInstance(instance: Instance): void {
  const problems: string[] = []
  const tokensIn = new Map<string, number>()
  for (const token of instance.tokens.values()) {
    tokensIn.set(token.scopeId, (tokensIn.get(token.scopeId) ?? 0) + 1)
    if (!instance.scopes.has(token.scopeId)) problems.push(`token ${token.id} has no scope`)
    if (token.phase === 'moving') problems.push(`token ${token.id} is left between nodes`)
    if (token.childScopeId !== null && instance.scopes.get(token.childScopeId)?.tokenId !== token.id)
      problems.push(`token ${token.id} has lost its inner scope`)
    const waits =
      token.childScopeId !== null || token.phase === 'joining' || token.phase.startsWith('async') || isWaiting(instance, token.id)
    if (!waits) problems.push(`token ${token.id} at ${token.node} waits for nothing`)
  }
  for (const scope of instance.scopes.values()) {
    if (!tokensIn.get(scope.id)) problems.push(`scope ${scope.node} is empty`)
    if (scope.parentId !== null && instance.tokens.get(scope.tokenId ?? '')?.childScopeId !== scope.id)
      problems.push(`scope ${scope.node} belongs to no token`)
  }
  for (const task of instance.tasks.values()) if (!instance.tokens.has(task.executionId)) problems.push(`task ${task.node} has no token`)
  for (const waiting of [...instance.subscriptions.values(), ...instance.jobs.values()]) {
    if (!instance.scopes.has(waiting.executionId) && !instance.tokens.has(waiting.executionId))
      problems.push(`${waiting.node} waits nowhere`)
  }
  if (problems.length > 0) throw new Error(problems.join('; '))
}

const isWaiting = (instance: Instance, executionId: string): boolean =>
  [...instance.tasks.values(), ...instance.subscriptions.values(), ...instance.jobs.values()].some(
    (each) => each.executionId === executionId,
  )
