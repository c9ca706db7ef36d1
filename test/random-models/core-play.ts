import type { Command, Instance, Variables } from '../../engine/core/index.ts'
import { CoreEngine } from '../builders/core-engine.ts'
import { checkFamily, checkRepeatable } from './invariants.ts'
import type { Random } from './random.ts'
import { drawn, modelOf, type RandomCase } from './random-model.ts'
import type { RandomModel } from './to-bpmn.ts'

const AT_MOST_TOKENS = 80
const AT_MOST_MORE = 300

/** What a play of the core has left: the commands, with what came of each, and the history. */
export interface CorePlay {
  readonly commands: readonly string[]
  readonly history: readonly string[]
}

/**
 * Plays a case on the core alone and checks after each step what must always hold: each step is the same from a snapshot, the
 * projections are their changes (`CoreEngine`), every token waits for something. In the end it goes on until nothing can be done,
 * and then nothing may wait but what waits for others. Throws at the first thing that is wrong.
 */
export function playCore(one: RandomCase): CorePlay {
  const model = modelOf(one, 'p')
  const engine = new CoreEngine()
  engine.stepBudget = 2_000
  const commands: string[] = []
  for (const resource of model.resources) engine.deploy(resource.content)
  const run = (command: Command): void => {
    checkRepeatable(engine, command)
    const result = engine.attempt(command)
    commands.push(`${nameOf(command)}${result.kind === 'done' ? '' : ` ${result.kind === 'refused' ? result.failure.code : result.kind}`}`)
    if (result.kind === 'needs') throw new Error(`needs ${JSON.stringify(result.needs)}`)
    if (result.kind === 'refused' && command.kind === 'fireJob')
      run({ ...command, kind: 'jobFailed', message: '', stack: null, failedActivityId: null })
    checkFamily(engine)
  }
  const first = drawn(one.draws[0] ?? 1)
  run({ kind: 'start', definitionId: 'p:1', instanceId: 'p1', businessKey: null, variables: { ...choicesOf(model, first), log: text('') } })
  for (const draw of one.draws) {
    if (!engine.family || engine.ended || tokensOf(engine) > AT_MOST_TOKENS) break
    const random = drawn(draw)
    const command = random.pick([...onwards(engine, model, random), ...changes(engine, model, random)])
    if (command) run(command)
  }
  comeToRest(engine, model, one, run)
  return { commands, history: engine.history.map(written) }
}

const text = (v: string) => ({ t: 'String', v }) as const
const choicesOf = (model: RandomModel, random: Random): Variables =>
  Object.fromEntries(model.choices.map((name) => [name, { t: 'Integer', v: random.below(2) } as const]))
const membersOf = (engine: CoreEngine): Instance[] => [...(engine.family?.instances.values() ?? [])]
const tokensOf = (engine: CoreEngine): number => membersOf(engine).reduce((sum, instance) => sum + instance.tokens.size, 0)
const written = (event: unknown): string =>
  JSON.stringify(event, (_key, value: unknown) => (typeof value === 'bigint' ? `${value}n` : value))
const nameOf = (command: Command): string => written(command)

/** What may happen next by itself: tasks, jobs, external tasks, messages and signals. */
function onwards(engine: CoreEngine, model: RandomModel, random: Random): Command[] {
  return membersOf(engine).flatMap((instance) => {
    const of = { instanceId: instance.id }
    if (instance.suspended) return [{ ...of, kind: 'setSuspended', suspended: false } as const]
    const variables = choicesOf(model, random)
    return [
      ...[...instance.tasks.values()].map((task): Command => {
        const dice = random.below(12)
        if (dice === 0) return { ...of, kind: 'taskBpmnError', taskId: task.id, errorCode: 'X', errorMessage: null, variables: {} }
        if (dice === 1) return { ...of, kind: 'taskEscalation', taskId: task.id, escalationCode: 'E', variables: {} }
        return { ...of, kind: 'completeTask', taskId: task.id, variables }
      }),
      ...[...instance.jobs.keys()].map((jobId): Command => ({ ...of, kind: 'fireJob', jobId })),
      ...[...instance.externalTasks.values()].map((task): Command => {
        const it = { ...of, externalTaskId: task.id, workerId: 'w' }
        if (task.workerId === null) return { ...it, kind: 'lockExternalTask', lockMs: 60_000 }
        const dice = random.below(6)
        if (dice === 0) return { ...it, kind: 'externalTaskBpmnError', errorCode: 'X', errorMessage: null, variables: {} }
        return { ...it, kind: 'completeExternalTask', variables: {}, localVariables: {} }
      }),
      ...[...instance.subscriptions.values()]
        .filter(({ type }) => type === 'message' || type === 'signal')
        .map(({ id }): Command => ({ ...of, kind: 'deliver', subscriptionId: id, variables: {} })),
    ]
  })
}

/** What a person may do to an instance besides: each as one candidate among those of `onwards`. */
function changes(engine: CoreEngine, model: RandomModel, random: Random): Command[] {
  const instance = random.pick(membersOf(engine))
  if (!instance || instance.suspended) return []
  const of = { instanceId: instance.id }
  const nodes = [...(engine.definitions.find(({ id }) => id === instance.definitionId)?.model.nodes.values() ?? [])]
  const node = random.pick(nodes.filter(({ behavior }) => behavior.kind !== 'process' && behavior.kind !== 'boundaryEvent'))
  const modify = { ...of, kind: 'modify', skipCustomListeners: false, skipIoMappings: random.chance(20) } as const
  const active = [...instance.tokens.values()].flatMap((token) => (token.activityInstanceId === null ? [] : [token.activityInstanceId]))
  const others: Command[] = [
    { ...of, kind: 'setVariables', executionId: instance.id, variables: choicesOf(model, random), remove: [], local: false },
    { ...of, kind: 'setSuspended', suspended: true },
  ]
  if (node)
    others.push({
      ...modify,
      instructions: [{ type: random.chance(70) ? 'startBeforeActivity' : 'startAfterActivity', activityId: node.id }],
    })
  if (active.length > 0) others.push({ ...modify, instructions: [{ type: 'cancel', activityInstanceId: random.pick(active) }] })
  return [random.pick(others)]
}

/** Does whatever leads on, until nothing is left to do. */
function comeToRest(engine: CoreEngine, model: RandomModel, { draws }: RandomCase, run: (command: Command) => void): void {
  const random = drawn((draws.at(-1) ?? 0) + 1)
  for (let turn = 0; turn < AT_MOST_MORE; turn += 1) {
    if (!engine.family || engine.ended || tokensOf(engine) > AT_MOST_TOKENS) return
    const candidates = onwards(engine, model, random)
    // Messages may start non-interrupting event subprocesses for ever: they come when nothing else can.
    const first = candidates.filter(({ kind }) => kind !== 'deliver')
    const command = random.pick(first.length > 0 ? first : candidates)
    if (!command) {
      checkRest(engine)
      return
    }
    run(command)
  }
}

/** What still has a token then waits for a parallel join, a condition, or a job that has failed for good: never for an inclusive join alone. */
function checkRest(engine: CoreEngine): void {
  for (const instance of membersOf(engine)) {
    const joining = [...instance.tokens.values()].filter(({ phase }) => phase === 'joining')
    const nodes = engine.definitions.find(({ id }) => id === instance.definitionId)?.model.nodes
    const gateways = new Set(joining.map(({ node }) => node))
    const others = [...instance.tokens.values()].some(({ phase, childScopeId }) => phase !== 'joining' && childScopeId === null)
    const [only] = gateways
    if (gateways.size === 1 && !others && nodes?.get(only ?? '')?.behavior.kind === 'inclusiveGateway')
      throw new Error(`an inclusive join waits for nobody: ${only}`)
  }
}
