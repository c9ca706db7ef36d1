import { type ChildProcess, spawn } from 'node:child_process'
import { createServer, type Server } from 'node:http'
import type { AddressInfo } from 'node:net'
import { join } from 'node:path'
import { afterAll, afterEach, beforeAll, describe, expect, it } from '@jest/globals'
import type { Database } from '../database/database.ts'
import { testDatabases } from '../database/test-database.ts'
import { migrations } from '../migrations/index.ts'
import { openTestApplication, type TestApplication } from '../test/server/application.ts'

const COUNTY = '140525'
const MODEL = `<?xml version="1.0" encoding="UTF-8"?>
<definitions xmlns="http://www.omg.org/spec/BPMN/20100524/MODEL" xmlns:camunda="http://camunda.org/schema/1.0/bpmn" targetNamespace="t" id="d">
  <process id="numbering" isExecutable="true">
    <startEvent id="s" />
    <sequenceFlow id="f1" sourceRef="s" targetRef="number" />
    <serviceTask id="number" camunda:type="external" camunda:topic="serial-number">
      <extensionElements><camunda:inputOutput>
        <camunda:inputParameter name="serial">listing</camunda:inputParameter>
        <camunda:outputParameter name="documentNo">\${documentNo}</camunda:outputParameter>
      </camunda:inputOutput></extensionElements>
    </serviceTask>
    <sequenceFlow id="f2" sourceRef="number" targetRef="hold" />
    <receiveTask id="hold" />
    <sequenceFlow id="f3" sourceRef="hold" targetRef="e" />
    <endEvent id="e" />
  </process>
</definitions>`

describe.each(testDatabases('workers_http', migrations))('the worker process on $name', ({ open }) => {
  let server: TestApplication
  let database: Database
  let drop: () => Promise<void>
  let token: string
  const children: ChildProcess[] = []

  beforeAll(async () => {
    const opened = await open()
    drop = opened.drop
    database = opened.database
    server = await openTestApplication(opened.database, { counties: [COUNTY], accounts: ['admin'] })
    token = await server.features.identity.issueMachineToken('test-worker')
    await server.features.engine.deployments.create({
      name: 'numbering',
      tenantId: COUNTY,
      resources: [{ name: 'numbering.bpmn', content: MODEL }],
    })
  }, 120_000)
  afterEach(async () => {
    await Promise.all(children.splice(0).map((child) => end(child, 'SIGTERM')))
  })
  afterAll(async () => {
    await server.close()
    await drop()
  })

  const work = (apiOrigin = server.origin, settings: Record<string, string> = {}): ChildProcess => {
    const child = spawn(process.execPath, ['--import', 'tsx', join(import.meta.dirname, 'main.ts')], {
      env: {
        ENGINE_REST_URL: `${server.origin}/engine-rest`,
        API_URL: `${apiOrigin}/api`,
        MACHINE_TOKEN: token,
        LOG_LEVEL: 'silent',
        POLL_MS: '1000',
        ...settings,
      },
      stdio: ['ignore', 'inherit', 'inherit'],
    })
    children.push(child)
    return child
  }
  const start = async (number: string) => {
    await server.features.records.store.create({
      countyCode: COUNTY,
      number,
      kind: 'hazard',
      title: '隐患',
      status: 'CONFIRMED',
      side: 'enterprise',
      level: 'MAJOR',
      data: {},
      createdBy: 'nobody',
    })
    return (await server.features.engine.instances.start({ definitionKey: 'numbering', tenantId: COUNTY, businessKey: number })).id
  }
  const numberOf = async (instanceId: string) => (await server.features.engine.instances.variables(instanceId)).documentNo?.v ?? null
  const numbered = async (instanceIds: readonly string[]) => {
    const found = () => Promise.all(instanceIds.map(numberOf))
    await until(async () => (await found()).every((number) => number !== null))
    return found()
  }

  it('works what waits and what comes, in a row without gaps', async () => {
    const waiting = await Promise.all(['A', 'B', 'C'].map((letter) => start(`泽州-2023-1${letter}`)))
    work()
    const first = await numbered(waiting)
    const second = await numbered([await start('泽州-2023-1D')])

    expect([...first, ...second].sort()).toEqual([1, 2, 3, 4].map((n) => `泽应急督〔2023〕${n}号`))
  }, 60_000)

  it('leaves a task to another worker when it is killed holding the lock; the work is done once', async () => {
    const between = await heldBack(server.origin)
    const dying = work(between.origin)
    const instance = await start('泽州-2023-2A')
    await until(async () => between.answered() === 1)
    await end(dying, 'SIGKILL')
    await between.close()

    work()
    expect(await numberOf(instance)).toBeNull()
    await server.clock.turnTo(server.clock.now() + 31_000)
    const [number] = await numbered([instance])

    const given = await database.query<{ value: number }>("select value from document_number where purpose = '泽州-2023-2A'")
    expect(given.map((row) => `泽应急督〔2023〕${row.value}号`)).toEqual([number])
  }, 60_000)

  it('makes an incident at once of a task that the application will never do', async () => {
    const { engine } = server.features
    const lost = await engine.instances.start({ definitionKey: 'numbering', tenantId: COUNTY, businessKey: 'no such record' })
    work()

    await until(async () => (await engine.incidents.list({ processInstanceId: lost.id })).length === 1)
    expect((await engine.incidents.list({ processInstanceId: lost.id }))[0]!.message).toContain('no record no such record')
  }, 60_000)

  it('does nothing without the token of a machine account', async () => {
    const answer = await fetch(`${server.origin}/api/machine/topics/notify`, {
      method: 'POST',
      headers: { authorization: 'Bearer wrong', 'content-type': 'application/json' },
      body: '{}',
    })

    expect(answer.status).toBe(401)
  })
})

/** Stands between a worker and the application and keeps the answers back. */
async function heldBack(origin: string): Promise<{ origin: string; answered(): number; close(): Promise<void> }> {
  let answered = 0
  const server: Server = createServer((request) => {
    const chunks: Buffer[] = []
    request.on('data', (chunk: Buffer) => chunks.push(chunk))
    request.on('end', async () => {
      const { authorization = '' } = request.headers
      const answer = await fetch(`${origin}${request.url}`, {
        method: 'POST',
        headers: { authorization, 'content-type': 'application/json' },
        body: Buffer.concat(chunks),
      })
      if (answer.ok && request.url?.startsWith('/api/machine/topics/')) answered += 1
    })
  })
  await new Promise<void>((done) => server.listen(0, '127.0.0.1', done))
  return {
    origin: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
    answered: () => answered,
    close: () => {
      server.closeAllConnections()
      return new Promise((done) => server.close(() => done()))
    },
  }
}

function end(child: ChildProcess, signal: NodeJS.Signals): Promise<void> {
  if (child.exitCode !== null || child.signalCode !== null) return Promise.resolve()
  return new Promise((done) => {
    child.once('exit', () => done())
    child.kill(signal)
  })
}

async function until(holds: () => Promise<boolean>): Promise<void> {
  const patience = 40_000
  for (let waited = 0; waited < patience; waited += 50) {
    if (await holds()) return
    await new Promise((done) => setTimeout(done, 50))
  }
  throw new Error('it did not happen')
}
