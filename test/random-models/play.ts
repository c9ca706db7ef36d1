import { type ActivityInstanceNode, EngineError, type ProcessEngine, type Value } from '../../engine/process-engine.ts'
import type { Random } from './random.ts'
import { drawn, type RandomCase } from './random-model.ts'
import type { RandomModel } from './to-bpmn.ts'

/** What was done and what an engine showed after it, without ids and times: two engines must give the same text. */
export interface Moment {
  readonly action: string
  readonly seen: string
}

const STEPS = 14

/**
 * Plays a case on `engine`: starts its model with choices taken from the first draw, then does one thing for each draw among
 * completing tasks, messages, signals, timers, asynchronous continuations and external tasks, and notes after each where the
 * tokens are and what listeners have written down. Jobs must not run by themselves.
 */
export async function play(engine: ProcessEngine, model: RandomModel, { draws }: RandomCase): Promise<Moment[]> {
  const choose = (random: Random): Record<string, Value> =>
    Object.fromEntries(model.choices.map((name) => [name, { t: 'Integer' as const, v: random.below(2) }]))
  const moments: Moment[] = []
  let root = ''
  let log = ''

  const act = async (action: string, work: () => Promise<unknown>) => {
    let answer = ''
    try {
      await work()
    } catch (error) {
      if (!(error instanceof EngineError)) throw error
      // Only our engine knows an endless loop when it sees one.
      answer = error.code === 'loop-detected' ? ' endless' : ' refused'
    }
    const seen = root ? await look(engine, root) : { tokens: 'nothing', log }
    const added = seen.log.startsWith(log) ? seen.log.slice(log.length).trim() : seen.log
    log = seen.log
    moments.push({ action: action + answer, seen: added ? `${seen.tokens} (${added})` : seen.tokens })
  }

  const chosen = choose(drawn(draws[0] ?? 1))
  await act('start', async () => {
    root = (await engine.instances.start({ definitionKey: model.key, variables: { ...chosen, log: { t: 'String', v: '' } } })).id
  })

  for (const draw of draws.slice(0, STEPS)) {
    if (!root || (await engine.history.instance(root))?.endedAt) break
    const random = drawn(draw)
    const members = await family(engine, root)
    const tasks = (await Promise.all(members.map((id) => engine.tasks.list({ processInstanceId: id }))))
      .flat()
      .sort((a, b) => byText(a.taskDefinitionKey ?? '', b.taskDefinitionKey ?? ''))
    const jobs = (await Promise.all(members.map((id) => engine.jobs.list({ processInstanceId: id }))))
      .flat()
      .sort((a, b) => byText(`${a.kind} ${a.activityId}`, `${b.kind} ${b.activityId}`))
    const timers = jobs.filter((job) => job.kind === 'timer')
    const continuations = jobs.filter((job) => job.kind === 'async')
    const dice = random.below(10)
    const next = choose(random)
    if (continuations.length > 0 && dice < 4) {
      const job = random.pick(continuations)
      await act(`job ${job.activityId}`, () => engine.jobs.execute(job.id))
    } else if (dice < 6 && tasks.length > 0) {
      // Of several tasks of one node any will do: instances of a multi-instance differ in nothing that is noted.
      const task = random.pick(tasks)
      await act(`complete ${task.taskDefinitionKey}`, () => engine.tasks.complete(task.id, next))
    } else if (dice < 7 && model.messages.length > 0) {
      const name = random.pick(model.messages)
      await act(`message ${name}`, () => engine.messages.correlate({ name, all: true }))
    } else if (dice < 8 && model.signals.length > 0) {
      await act('signal', () => engine.signals.broadcast({ name: model.signals[0] ?? '' }))
    } else if (dice < 9 && timers.length > 0) {
      const job = random.pick(timers)
      await act(`timer ${job.activityId}`, () => engine.jobs.execute(job.id))
    } else {
      await external(engine, model, random, act)
    }
  }

  if (root) moments.push({ action: 'history', seen: await past(engine, root) })
  return moments
}

const byText = (a: string, b: string): number => (a < b ? -1 : a > b ? 1 : 0)

async function external(
  engine: ProcessEngine,
  model: RandomModel,
  random: Random,
  act: (action: string, work: () => Promise<unknown>) => Promise<void>,
) {
  const topics = [
    ...model.resources.flatMap(({ content }) => [...content.matchAll(/camunda:topic="([^"]+)"/g)].map((match) => match[1] ?? '')),
  ]
  if (topics.length === 0) return
  const topicName = random.pick(topics)
  const [task] = await engine.externalTasks.fetchAndLock({ workerId: 'player', maxTasks: 1, topics: [{ topicName, lockMs: 1 }] })
  if (!task) return
  if (random.below(3) === 0)
    await act(`error ${task.activityId}`, () => engine.externalTasks.bpmnError(task.id, { workerId: 'player', errorCode: 'X' }))
  else await act(`external ${task.activityId}`, () => engine.externalTasks.complete(task.id, { workerId: 'player' }))
}

async function family(engine: ProcessEngine, root: string): Promise<string[]> {
  const called = await engine.instances.list({ superProcessInstanceId: root })
  const below = await Promise.all(called.map((instance) => family(engine, instance.id)))
  return [root, ...below.flat()]
}

/** Where the tokens of the family are: the leaves of its activity trees, and the asynchronous continuations. */
async function look(engine: ProcessEngine, root: string): Promise<{ tokens: string; log: string }> {
  const members = await family(engine, root)
  const places = await Promise.all(
    members.map(async (id) => {
      const tree = await engine.instances.activityTree(id)
      if (!tree) return 'ended'
      const jobs = (await engine.jobs.list({ processInstanceId: id })).filter((job) => job.kind === 'async')
      return [...leavesOf(tree), ...jobs.map((job) => `~${job.activityId}`)].sort().join(' ')
    }),
  )
  const ended = (await engine.history.instance(root))?.endedAt
  const log = ended ? undefined : (await engine.instances.variables(root))['log']
  return { tokens: places.sort().join(' | '), log: log?.t === 'String' ? log.v : '' }
}

// Transition instances are left out: Operaton shows ended multi-instance parts as such.
const leavesOf = (node: ActivityInstanceNode): string[] =>
  node.childActivityInstances.flatMap((child) => (child.childActivityInstances.length === 0 ? [child.activityId] : leavesOf(child)))

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
