import type { Database } from '../database/database.ts'
import type { DatabaseName, OpenConnector } from './databases.ts'
import type { Figure } from './figure.ts'
import { each, loops, quantiles } from './loops.ts'
import { external, fan, fanCalled, fork, receive, sequence, timer, userTasks } from './models.ts'
import { type BenchEngine, completedInstances, openEngine } from './open-engine.ts'

interface Setting {
  readonly engine: BenchEngine
  readonly database: Database
  readonly clients: number
  readonly seconds: number
  readonly size: number
  turn(ms: number): void
}

interface Work {
  readonly model: (key: string, size: number) => string
  /** The sizes that it is run at, where the command line names none. */
  readonly sizes: readonly number[]
  readonly run: (setting: Setting) => Promise<Partial<Figure>>
}

const KEY = 'bench'

const start = (engine: BenchEngine, i: number, n = 1) =>
  engine.instances.start({ definitionKey: KEY, businessKey: `case-${i}`, variables: { n: { t: 'Integer', v: n } } })

/** Whole instances in `clients` loops; how many were completed says history. */
async function instances({ engine, database, clients, seconds }: Setting, after: (id: string) => Promise<void>): Promise<Partial<Figure>> {
  const times: number[] = []
  const once = async () => {
    const begun = performance.now()
    const { id } = await start(engine, 0)
    await after(id)
    times.push(performance.now() - begun)
  }
  await loops(clients, once, Math.min(1, seconds))
  times.length = 0
  const before = await completedInstances(database)
  const { elapsed } = await loops(clients, once, seconds)
  const completed = (await completedInstances(database)) - before
  return { completed, perSecond: completed / elapsed, ...quantiles(times) }
}

/** One completion among `size` tasks of an instance, or of what it called, against one alone. */
async function completionAmong({ engine, database, size }: Setting): Promise<Partial<Figure>> {
  const cost = async (n: number, most: number) => {
    const { id } = await start(engine, 0, n)
    const tasks = await database.query<{ task_id: string }>('select task_id from ru_task where root_id = ? order by task_id', [id])
    const times: number[] = []
    for (const task of tasks.slice(0, most)) {
      const at = performance.now()
      await engine.tasks.complete(task.task_id)
      times.push(performance.now() - at)
    }
    return times
  }
  const alone: number[] = []
  for (let i = 0; i < 120; i++) alone.push(...(await cost(1, 1)))
  const begun = performance.now()
  const among = await cost(size, size)
  const seconds = (performance.now() - begun) / 1000
  const oneMs = quantiles(alone.slice(20)).p50Ms
  const { p50Ms, p99Ms } = quantiles(among.slice(0, 60))
  return { completed: await completedInstances(database), perSecond: size / seconds, p50Ms, p99Ms, oneMs, ratio: p50Ms / oneMs }
}

/** What the engine does through its port. W1 to W7 of the benchmark set. */
export const engineWorks: Readonly<Record<string, Work>> = {
  sequence: { model: sequence, sizes: [1, 5, 15], run: (setting) => instances(setting, async () => undefined) },
  'sequence-async': {
    model: (key, steps) => sequence(key, steps, true),
    sizes: [1, 5, 15],
    async run({ engine, database, seconds }) {
      const { count } = await loops(32, async () => void (await start(engine, 0)), seconds / 4)
      const begun = performance.now()
      await engine.jobs.runDue()
      const completed = await completedInstances(database)
      return { started: count, completed, perSecond: completed / ((performance.now() - begun) / 1000) }
    },
  },
  'user-tasks': {
    model: userTasks,
    sizes: [1, 5, 10],
    run: (setting) =>
      instances(setting, async (processInstanceId) => {
        for (;;) {
          const [task] = await setting.engine.tasks.list({ processInstanceId })
          if (!task) return
          await setting.engine.tasks.complete(task.id)
        }
      }),
  },
  fork: { model: fork, sizes: [2, 10, 100], run: (setting) => instances(setting, async () => undefined) },
  fan: { model: fan, sizes: [10, 100, 1000], run: completionAmong },
  'fan-called': { model: fanCalled, sizes: [10, 100, 1000], run: completionAmong },
  external: {
    model: external,
    sizes: [2000],
    async run({ engine, database, clients, size }) {
      await each(size, 16, (i) => start(engine, i))
      const times: number[] = []
      const begun = performance.now()
      await Promise.all(
        Array.from({ length: clients }, async (_, k) => {
          for (;;) {
            const tasks = await engine.externalTasks.fetchAndLock({
              workerId: `w${k}`,
              maxTasks: 10,
              topics: [{ topicName: KEY, lockMs: 60_000 }],
            })
            if (tasks.length === 0) return
            for (const task of tasks) {
              const at = performance.now()
              await engine.externalTasks.complete(task.id, { workerId: `w${k}`, variables: { result: { t: 'String', v: 'ok' } } })
              times.push(performance.now() - at)
            }
          }
        }),
      )
      const seconds = (performance.now() - begun) / 1000
      const completed = await completedInstances(database)
      return { completed, perSecond: completed / seconds, ...quantiles(times) }
    },
  },
  correlate: {
    model: receive,
    sizes: [2000],
    async run({ engine, database, clients, size }) {
      await each(size, 16, (i) => start(engine, i))
      const times: number[] = []
      const seconds = await each(size, clients, async (i) => {
        const at = performance.now()
        await engine.messages.correlate({ name: KEY, businessKey: `case-${i}` })
        times.push(performance.now() - at)
      })
      const completed = await completedInstances(database)
      return { completed, perSecond: completed / seconds, ...quantiles(times) }
    },
  },
  timers: {
    model: timer,
    sizes: [10_000],
    async run({ engine, database, size, turn }) {
      const due = { t: 'String' as const, v: new Date(Date.now() + 3_600_000).toISOString() }
      await each(size, 32, () => engine.instances.start({ definitionKey: KEY, variables: { due } }))
      turn(2 * 3_600_000)
      const begun = performance.now()
      await engine.jobs.runDue()
      const completed = await completedInstances(database)
      return { completed, perSecond: completed / ((performance.now() - begun) / 1000) }
    },
  },
}

/** Works that are run at each number of clients; the others are not about clients. */
const CONCURRENT = new Set(['sequence', 'user-tasks', 'fork', 'external', 'correlate'])

/** The figures of one work, each on a database of its own. */
export async function engineFigures(
  name: string,
  open: OpenConnector,
  database: DatabaseName,
  asked: { readonly clients: readonly number[]; readonly seconds: number; readonly sizes?: readonly number[] },
  add: (figure: Figure) => void,
): Promise<void> {
  const work = engineWorks[name]
  if (!work) throw new Error(`There is no work ${name}: ${Object.keys(engineWorks).join(', ')}`)
  for (const size of asked.sizes ?? work.sizes)
    for (const clients of CONCURRENT.has(name) ? asked.clients : [1]) {
      const { connector, drop } = await open()
      const opened = await openEngine(connector, { [KEY]: work.model(KEY, size) })
      const figure = await work.run({ ...opened, clients, seconds: asked.seconds, size })
      add({ work: name, engine: 'ours', database, size, ...(CONCURRENT.has(name) && { clients }), ...figure })
      await drop()
    }
}
