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
 * in `clients` loops; then the same SQL without an engine. A command is a start or a completion.
 */
export async function userTaskFigures(
  open: OpenConnector,
  database: DatabaseName,
  clients: number,
  seconds: number,
  add: (figure: Figure) => void,
): Promise<void> {
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
  await loops(clients, once, Math.min(2, seconds))
  times.length = 0
  const before = await completedInstances(tables)
  const recording = { transactions: [], reads: [] }
  connector.recording = recording
  const { elapsed } = await loops(clients, once, seconds)
  connector.recording = null
  const completed = (await completedInstances(tables)) - before
  await drop()
  const bare = await open()
  await migrate(makeDatabase(bare.connector), migrations)
  const bareElapsed = await replay(bare.connector, recording, clients)
  await bare.drop()
  const shared = { work: 'user-task', database, clients, completed } as const
  add({
    ...shared,
    engine: 'ours',
    perSecond: completed / elapsed,
    commandsPerSecond: (2 * completed) / elapsed,
    ratio: bareElapsed / elapsed,
    ...quantiles(times),
  })
  add({ ...shared, engine: 'bare SQL', perSecond: completed / bareElapsed, commandsPerSecond: (2 * completed) / bareElapsed })
}
