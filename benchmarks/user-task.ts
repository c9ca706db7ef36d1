import { migrate } from '../database/migrate.ts'
import { makeDatabase } from '../database/transactions.ts'
import { migrations } from '../migrations/index.ts'
import { replay } from './bare-sql.ts'
import type { DatabaseName, OpenConnector } from './databases.ts'
import type { Figure } from './figure.ts'
import { loops, quantiles } from './loops.ts'
import { userTasks } from './models.ts'
import { completedInstances, openEngine } from './open-engine.ts'
import { recordingConnector } from './recording.ts'

/**
 * Instances of start → user task → end with two variables and full history, each started, looked up and completed through the port,
 * in `clients` loops; then the SQL of as long a run again, without an engine. A command is a start or a completion.
 */
export async function userTaskFigures(
  open: OpenConnector,
  database: DatabaseName,
  clients: number,
  seconds: number,
  add: (figure: Figure) => void,
): Promise<void> {
  const rounds: Round[] = []
  for (let i = 0; i < ROUNDS; i++) rounds.push(await playRound(open, clients, seconds))
  const ratioOf = ({ ours, bare }: Round) => bare.each / ours.each
  const [, middle] = rounds.toSorted((a, b) => ratioOf(a) - ratioOf(b))
  if (!middle) throw new Error('There was no round.')
  const { ours, bare } = middle
  const shared = { work: 'user-task', database, clients } as const
  const paced = ({ completed, each }: Pace) => ({ completed, perSecond: 1 / each, commandsPerSecond: 2 / each })
  add({ ...shared, engine: 'ours', ...paced(ours), ratio: ratioOf(middle), ...middle.latency })
  add({ ...shared, engine: 'bare SQL', ...paced(bare) })
}

/** The one in the middle counts: the two sides of a round run one after the other, and a machine is not always the same. */
const ROUNDS = 3

interface Pace {
  readonly completed: number
  /** Seconds for one. */
  readonly each: number
}

interface Round {
  readonly ours: Pace
  readonly bare: Pace
  readonly latency: ReturnType<typeof quantiles>
}

async function playRound(open: OpenConnector, clients: number, seconds: number): Promise<Round> {
  const { connector: plain, drop } = await open()
  const connector = recordingConnector(plain)
  const { engine, database: tables } = await openEngine(connector, { bench: userTasks('bench', 1) })
  const times: number[] = []
  const once = async () => {
    const instance = await engine.instances.start({
      definitionKey: 'bench',
      businessKey: 'b',
      variables: { amount: { t: 'Integer', v: 12 }, town: { t: 'String', v: '巴公镇' } },
    })
    const [task] = await engine.tasks.list({ processInstanceId: instance.id })
    if (!task) throw new Error('The task is missing.')
    const begun = performance.now()
    await engine.tasks.complete(task.id, { approved: { t: 'Boolean', v: true } })
    times.push(performance.now() - begun)
  }
  const timed = async (): Promise<Pace> => {
    const before = await completedInstances(tables)
    const { elapsed } = await loops(clients, once, seconds)
    const completed = (await completedInstances(tables)) - before
    return { completed, each: elapsed / completed }
  }
  await loops(clients, once, Math.min(2, seconds))
  times.length = 0
  const ours = await timed()
  const latency = quantiles(times)
  // In a second run of the same: what is remembered keeps the garbage collector busy, which is none of the engine's work.
  const recording = { transactions: [], reads: [] }
  connector.recording = recording
  const recorded = await timed()
  connector.recording = null
  await drop()
  const bare = await open()
  await migrate(makeDatabase(bare.connector), migrations)
  const each = (await replay(bare.connector, recording, clients)) / recorded.completed
  await bare.drop()
  return { ours, bare: { completed: recorded.completed, each }, latency }
}
