import type { Connector } from '../database/connection.ts'
import { migrate } from '../database/migrate.ts'
import { makeDatabase } from '../database/transactions.ts'
import { createEmbeddedEngine } from '../engine/index.ts'
import { makeUuidV7 } from '../engine/uuid-v7.ts'
import { migrations } from '../migrations/index.ts'
import { replay } from './bare-sql.ts'
import { loops, quantiles } from './loops.ts'
import { recordingConnector } from './recording.ts'

const model = `<?xml version="1.0" encoding="UTF-8"?>
<definitions xmlns="http://www.omg.org/spec/BPMN/20100524/MODEL" xmlns:camunda="http://camunda.org/schema/1.0/bpmn" targetNamespace="bench">
<process id="bench" isExecutable="true" camunda:historyTimeToLive="30"><startEvent id="start"/><endEvent id="end"/>
<userTask id="work" camunda:candidateGroups="leaders"/>
<sequenceFlow id="f0" sourceRef="start" targetRef="work"/><sequenceFlow id="f1" sourceRef="work" targetRef="end"/></process></definitions>`

export interface UserTaskFigure {
  readonly clients: number
  /** Commands (a start, a completion) a second. */
  readonly commandsPerSecond: number
  readonly instancesPerSecond: number
  readonly bareCommandsPerSecond: number
  readonly ratio: number
  readonly p50Ms: number
  readonly p99Ms: number
}

/** Opens a database of its own for one figure; `fresh` answers another one with empty tables. */
export type OpenConnector = () => Promise<{ connector: Connector; drop(): Promise<void> }>

/**
 * Instances of start → user task → end with two variables and full history, each started, looked up and completed through the port,
 * in `clients` loops; then the same SQL without an engine.
 */
export async function userTaskFigure(open: OpenConnector, clients: number, seconds: number): Promise<UserTaskFigure> {
  const { connector: plain, drop } = await open()
  const connector = recordingConnector(plain)
  const database = makeDatabase(connector)
  await migrate(database, migrations)
  const engine = createEmbeddedEngine({ database, now: () => Date.now(), newId: makeUuidV7(() => Date.now()), pump: false })
  await engine.deployments.create({ name: 'bench', resources: [{ name: 'bench.bpmn', content: model }] })
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
  const recording = { transactions: [], reads: [] }
  connector.recording = recording
  const { count, elapsed } = await loops(clients, once, seconds)
  connector.recording = null
  await drop()
  const bare = await open()
  await migrate(makeDatabase(bare.connector), migrations)
  const bareElapsed = await replay(bare.connector, recording, clients)
  await bare.drop()
  const perSecond = (2 * count) / elapsed
  const barePerSecond = (2 * count) / bareElapsed
  return {
    clients,
    commandsPerSecond: perSecond,
    instancesPerSecond: count / elapsed,
    bareCommandsPerSecond: barePerSecond,
    ratio: perSecond / barePerSecond,
    ...quantiles(times),
  }
}
