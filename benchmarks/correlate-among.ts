import type { Value } from '../engine/core/value.ts'
import type { DatabaseName, OpenConnector } from './databases.ts'
import type { Figure } from './figure.ts'
import { quantiles } from './loops.ts'
import { receive } from './models.ts'
import { completedInstances, openEngine } from './open-engine.ts'
import { COPY, numberOf, seedCopies } from './seed.ts'

const KEY = 'bench'
const TABLES = ['ru_instance', 'ru_execution', 'ru_variable', 'ru_subscription', 'hi_instance', 'hi_activity', 'hi_variable', 'hi_detail']

/** W6: messages to one among `waiting` instances that all wait for the same message: found by what, and delivered. */
export async function correlateAmongFigures(
  open: OpenConnector,
  database: DatabaseName,
  waiting: number,
  messages: number,
  add: (figure: Figure) => void,
): Promise<void> {
  const { connector, drop } = await open()
  const { engine, database: tables, freezeIds } = await openEngine(connector, { [KEY]: receive(KEY) })
  freezeIds()
  const order = (number: string): Value => ({ t: 'String', v: `order-${number}` })
  const { id } = await engine.instances.start({
    definitionKey: KEY,
    businessKey: `case-${COPY}`,
    variables: { order: order(COPY), amount: { t: 'Integer', v: 12 }, town: { t: 'String', v: 'east' } },
  })
  await seedCopies(tables, id, waiting, Object.fromEntries(TABLES.map((table) => [table, []])))
  const by: Readonly<Record<string, (number: string) => Promise<unknown>>> = {
    'business key': (number) => engine.messages.correlate({ name: KEY, businessKey: `case-${number}` }),
    'correlation variable': (number) =>
      engine.messages.correlate({ name: KEY, correlationKeys: { order: order(number), amount: { t: 'Integer', v: 12 } } }),
    'business key and variable': (number) =>
      engine.messages.correlate({ name: KEY, businessKey: `case-${number}`, correlationKeys: { order: order(number) } }),
    'process instance': (number) => engine.messages.correlate({ name: KEY, processInstanceId: number + id.slice(8) }),
  }
  let next = 0
  for (const [what, correlate] of Object.entries(by)) {
    const before = await completedInstances(tables)
    const times: number[] = []
    for (let i = 0; i < messages + 20; i++) {
      // Spread over all of them.
      const number = numberOf(id, waiting, 1 + ((next++ * 7919) % waiting))
      const begun = performance.now()
      await correlate(number)
      if (i >= 20) times.push(performance.now() - begun)
    }
    const completed = (await completedInstances(tables)) - before - 20
    add({ work: 'correlate-among', by: what, engine: 'ours', database, size: waiting, completed, ...quantiles(times) })
  }
  await drop()
}
