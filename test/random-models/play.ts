import { type ActivityInstanceNode, EngineError, type ProcessEngine, type Value } from '../../engine/process-engine.ts'
import { seeded } from './random.ts'
import type { RandomModel } from './to-bpmn.ts'

/** What was done and what an engine showed after it, without ids and times: two engines must give the same text. */
export interface Moment {
  readonly action: string
  readonly seen: string
}

const STEPS = 14

/**
 * Plays `model` on `engine`: starts it with choices taken from the seed, then does up to fourteen random things among
 * completing tasks, messages, signals, timers and external tasks, and notes after each where the tokens are.
 */
export async function play(engine: ProcessEngine, model: RandomModel, seed: number): Promise<Moment[]> {
  const random = seeded(seed * 7919 + 1)
  const choose = (): Record<string, Value> =>
    Object.fromEntries(model.choices.map((name) => [name, { t: 'Integer' as const, v: random.below(2) }]))
  const moments: Moment[] = []
  let root = ''

  const act = async (action: string, work: () => Promise<unknown>) => {
    let answer = ''
    try {
      await work()
    } catch (error) {
      if (!(error instanceof EngineError)) throw error
      answer = ' refused'
    }
    moments.push({ action: action + answer, seen: root ? await look(engine, root) : 'nothing' })
  }

  const chosen = choose()
  await act('start', async () => {
    root = (await engine.instances.start({ definitionKey: model.key, variables: chosen })).id
  })

  for (let step = 0; step < STEPS && root; step++) {
    if ((await engine.history.instance(root))?.endedAt) break
    const members = await family(engine, root)
    const tasks = (await Promise.all(members.map((id) => engine.tasks.list({ processInstanceId: id }))))
      .flat()
      .sort((a, b) => (a.taskDefinitionKey < b.taskDefinitionKey ? -1 : a.taskDefinitionKey > b.taskDefinitionKey ? 1 : 0))
    const jobs = (await Promise.all(members.map((id) => engine.jobs.list({ processInstanceId: id }))))
      .flat()
      .filter((job) => job.kind === 'timer')
      .sort((a, b) => (a.activityId < b.activityId ? -1 : a.activityId > b.activityId ? 1 : 0))
    const dice = random.below(10)
    const draw = random.below(1_000_000)
    const next = choose()
    if (dice < 5 && tasks.length > 0) {
      // Of several tasks of one node any will do: instances of a multi-instance differ in nothing that is noted.
      const task = tasks[draw % tasks.length]!
      await act(`complete ${task.taskDefinitionKey}`, () => engine.tasks.complete(task.id, next))
    } else if (dice < 7 && model.messages.length > 0) {
      const name = model.messages[draw % model.messages.length]!
      await act(`message ${name}`, () => engine.messages.correlate({ name, all: true }))
    } else if (dice < 8 && model.signals.length > 0) {
      await act('signal', () => engine.signals.broadcast({ name: model.signals[0]! }))
    } else if (dice < 9 && jobs.length > 0) {
      const job = jobs[draw % jobs.length]!
      await act(`timer ${job.activityId}`, () => engine.jobs.execute(job.id))
    } else {
      await external(engine, model, draw, act)
    }
  }

  if (root) moments.push({ action: 'history', seen: await past(engine, root) })
  return moments
}

async function external(
  engine: ProcessEngine,
  model: RandomModel,
  draw: number,
  act: (action: string, work: () => Promise<unknown>) => Promise<void>,
) {
  const topics = [
    ...model.resources.flatMap(({ content }) => [...content.matchAll(/camunda:topic="([^"]+)"/g)].map((match) => match[1] ?? '')),
  ]
  if (topics.length === 0) return
  const topicName = topics[draw % topics.length]!
  const [task] = await engine.externalTasks.fetchAndLock({ workerId: 'player', maxTasks: 1, topics: [{ topicName, lockMs: 1 }] })
  if (!task) return
  if (draw % 3 === 0)
    await act(`error ${task.activityId}`, () => engine.externalTasks.bpmnError(task.id, { workerId: 'player', errorCode: 'X' }))
  else await act(`external ${task.activityId}`, () => engine.externalTasks.complete(task.id, { workerId: 'player' }))
}

async function family(engine: ProcessEngine, root: string): Promise<string[]> {
  const called = await engine.instances.list({ superProcessInstanceId: root })
  const below = await Promise.all(called.map((instance) => family(engine, instance.id)))
  return [root, ...below.flat()]
}

/** Where the tokens of the family are: the leaves of its activity trees. */
async function look(engine: ProcessEngine, root: string): Promise<string> {
  const trees = await Promise.all((await family(engine, root)).map((id) => engine.instances.activityTree(id)))
  // Transition instances are left out: nothing here is asynchronous, and Operaton shows ended multi-instance parts as such.
  const leaves = (node: ActivityInstanceNode): string[] =>
    node.childActivityInstances.flatMap((child) => (child.childActivityInstances.length === 0 ? [child.activityId] : leaves(child)))
  return trees
    .map((tree) => (tree ? leaves(tree).sort().join(' ') : 'ended'))
    .sort()
    .join(' | ')
}

/** What history says in the end: how often each activity was entered, how often cancelled, and the state. */
async function past(engine: ProcessEngine, root: string): Promise<string> {
  const activities = await engine.history.activities({ processInstanceId: root })
  const counts = new Map<string, number>()
  for (const activity of activities) {
    const name = `${activity.activityId}${activity.endedAt === null ? '…' : activity.cancelled ? '✗' : ''}`
    counts.set(name, (counts.get(name) ?? 0) + 1)
  }
  const entered = [...counts].map(([name, count]) => (count > 1 ? `${name}×${count}` : name)).sort()
  return `${(await engine.history.instance(root))?.state}: ${entered.join(' ')}`
}
