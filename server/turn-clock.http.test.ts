import { afterAll, beforeAll, describe, expect, it } from '@jest/globals'
import { testDatabases } from '../database/test-database.ts'
import { migrations } from '../migrations/index.ts'
import { openTestApplication, type TestApplication } from '../test/server/application.ts'

const MODEL = `<?xml version="1.0" encoding="UTF-8"?>
<bpmn:definitions xmlns:bpmn="http://www.omg.org/spec/BPMN/20100524/MODEL" xmlns:camunda="http://camunda.org/schema/1.0/bpmn" targetNamespace="test">
  <bpmn:process id="waiting" isExecutable="true" camunda:historyTimeToLive="P1D">
    <bpmn:startEvent id="start" />
    <bpmn:sequenceFlow id="a" sourceRef="start" targetRef="first" />
    <bpmn:intermediateCatchEvent id="first"><bpmn:timerEventDefinition><bpmn:timeDuration>PT10H</bpmn:timeDuration></bpmn:timerEventDefinition></bpmn:intermediateCatchEvent>
    <bpmn:sequenceFlow id="b" sourceRef="first" targetRef="second" />
    <bpmn:intermediateCatchEvent id="second"><bpmn:timerEventDefinition><bpmn:timeDuration>PT30H</bpmn:timeDuration></bpmn:timerEventDefinition></bpmn:intermediateCatchEvent>
    <bpmn:sequenceFlow id="c" sourceRef="second" targetRef="end" />
    <bpmn:endEvent id="end" />
  </bpmn:process>
</bpmn:definitions>`

describe.each(testDatabases('turn_clock_http', migrations))('turning the clock on $name', ({ open }) => {
  let server: TestApplication
  let drop: () => Promise<void>

  beforeAll(async () => {
    const opened = await open()
    drop = opened.drop
    server = await openTestApplication(opened.database, { counties: ['140525'], accounts: ['admin'] })
  })
  afterAll(async () => {
    await server.close()
    await drop()
  })

  it('lets everything that was due in between happen at its own time', async () => {
    const { engine } = server.features
    await engine.deployments.create({ name: 'waiting', tenantId: '140525', resources: [{ name: 'waiting.bpmn', content: MODEL }] })
    const startedAt = server.clock.now()
    const { id } = await engine.instances.start({ definitionKey: 'waiting', tenantId: '140525' })
    const admin = await server.signIn('admin')

    const answer = await admin.call('POST', '/api/demo/clock', { to: startedAt + 5 * 86_400_000 })

    expect(answer.body).toEqual({ now: startedAt + 5 * 86_400_000 })
    expect(await engine.history.instance(id)).toMatchObject({ state: 'COMPLETED', endedAt: startedAt + 40 * 3_600_000 })
  })
})
