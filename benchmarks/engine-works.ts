import { migrate } from '../database/migrate.ts'
import { makeDatabase } from '../database/transactions.ts'
import { createEmbeddedEngine, type ProcessEngine } from '../engine/index.ts'
import { makeUuidV7 } from '../engine/uuid-v7.ts'
import { migrations } from '../migrations/index.ts'
import { each, quantiles } from './loops.ts'
import type { OpenConnector } from './user-task.ts'

const model = (inside: string, extra = '') =>
  `<?xml version="1.0" encoding="UTF-8"?><definitions xmlns="http://www.omg.org/spec/BPMN/20100524/MODEL" xmlns:camunda="http://camunda.org/schema/1.0/bpmn" xmlns:xsi="http://www.w3.org/2001/XMLSchema-instance" targetNamespace="bench">${extra}<process id="bench" isExecutable="true" camunda:historyTimeToLive="30"><startEvent id="start"/><sequenceFlow id="a" sourceRef="start" targetRef="work"/>${inside}<sequenceFlow id="b" sourceRef="work" targetRef="end"/><endEvent id="end"/></process></definitions>`

interface Setting {
  readonly engine: ProcessEngine
  readonly clients: number
  readonly size: number
  /** Turns the engine's clock forward. */
  turn(ms: number): void
}

interface Work {
  readonly model: string
  run(setting: Setting): Promise<Record<string, number>>
}

const start = (engine: ProcessEngine, i: number, n = 1) =>
  engine.instances.start({ definitionKey: 'bench', businessKey: `case-${i}`, variables: { n: { t: 'Integer', v: n } } })

/** What the engine does besides user tasks, each measured by what was completed. */
export const engineWorks: Readonly<Record<string, Work>> = {
  external: {
    model: model('<serviceTask id="work" camunda:type="external" camunda:topic="bench"/>'),
    async run({ engine, clients, size }) {
      await each(size, 16, (i) => start(engine, i))
      const times: number[] = []
      const begun = performance.now()
      await Promise.all(
        Array.from({ length: clients }, async (_, k) => {
          for (;;) {
            const topics = [{ topicName: 'bench', lockMs: 60_000 }]
            const tasks = await engine.externalTasks.fetchAndLock({ workerId: `w${k}`, maxTasks: 10, topics })
            if (tasks.length === 0) return
            for (const task of tasks) {
              const at = performance.now()
              await engine.externalTasks.complete(task.id, { workerId: `w${k}`, variables: { result: { t: 'String', v: 'ok' } } })
              times.push(performance.now() - at)
            }
          }
        }),
      )
      return { perSecond: times.length / ((performance.now() - begun) / 1000), ...quantiles(times) }
    },
  },
  correlate: {
    model: model('<receiveTask id="work" messageRef="m"/>', '<message id="m" name="go"/>'),
    async run({ engine, clients, size }) {
      await each(size, 16, (i) => start(engine, i))
      const times: number[] = []
      const seconds = await each(Math.min(size, 2000), clients, async (i) => {
        const at = performance.now()
        await engine.messages.correlate({ name: 'go', businessKey: `case-${i}` })
        times.push(performance.now() - at)
      })
      return { perSecond: times.length / seconds, ...quantiles(times) }
    },
  },
  timers: {
    model: model(
      '<intermediateCatchEvent id="work"><timerEventDefinition><timeDuration xsi:type="tFormalExpression">PT1H</timeDuration></timerEventDefinition></intermediateCatchEvent>',
    ),
    async run({ engine, size, turn }) {
      await each(size, 16, (i) => start(engine, i))
      turn(2 * 3_600_000)
      const begun = performance.now()
      const count = await engine.jobs.runDue()
      return { perSecond: count / ((performance.now() - begun) / 1000) }
    },
  },
  fan: {
    model: model(
      '<userTask id="work"><multiInstanceLoopCharacteristics><loopCardinality>${n}</loopCardinality></multiInstanceLoopCharacteristics></userTask>',
    ),
    async run({ engine, size }) {
      const cost = async (n: number) => {
        const { id } = await start(engine, 0, n)
        const times: number[] = []
        for (const task of (await engine.tasks.list({ processInstanceId: id })).slice(0, 60)) {
          const at = performance.now()
          await engine.tasks.complete(task.id)
          times.push(performance.now() - at)
        }
        return quantiles(times).p50Ms
      }
      const alone: number[] = []
      for (let i = 0; i < 100; i++) alone.push(await cost(1))
      const oneMs = quantiles(alone.slice(20)).p50Ms
      const amongMs = await cost(size)
      return { oneMs, amongMs, fanRatio: amongMs / oneMs }
    },
  },
}

/** One figure on a database of its own. */
export async function engineFigure(name: string, open: OpenConnector, clients: number, size: number): Promise<Record<string, number>> {
  const work = engineWorks[name]
  if (!work) throw new Error(`There is no work ${name}: ${Object.keys(engineWorks).join(', ')}`)
  const { connector, drop } = await open()
  const database = makeDatabase(connector)
  await migrate(database, migrations)
  let ahead = 0
  const engine = createEmbeddedEngine({ database, now: () => Date.now() + ahead, newId: makeUuidV7(() => Date.now()), pump: false })
  await engine.deployments.create({ name: 'bench', resources: [{ name: 'bench.bpmn', content: work.model }] })
  const turn = (ms: number) => {
    ahead += ms
  }
  const figure = await work.run({ engine, clients, size, turn })
  await drop()
  return figure
}
