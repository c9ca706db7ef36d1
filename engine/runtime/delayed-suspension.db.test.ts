import { afterAll, beforeAll, describe, expect, it } from '@jest/globals'
import { testDatabases } from '../../database/test-database.ts'
import { migrations } from '../../migrations/index.ts'
import { testEngine } from '../../test/builders/test-engine.ts'

const DAY = 86_400_000
const process = (version: number) => `<?xml version="1.0" encoding="UTF-8"?>
<definitions xmlns="http://www.omg.org/spec/BPMN/20100524/MODEL" xmlns:camunda="http://camunda.org/schema/1.0/bpmn" targetNamespace="test">
  <process id="later" name="v${version}" isExecutable="true" camunda:historyTimeToLive="P1D">
    <startEvent id="s"/><sequenceFlow id="f" sourceRef="s" targetRef="wait"/>
    <intermediateCatchEvent id="wait"><timerEventDefinition><timeDuration>P9D</timeDuration></timerEventDefinition></intermediateCatchEvent>
  </process>
</definitions>`

describe.each(testDatabases('delayed_suspension', migrations))('suspension at a later time on $name', ({ open }) => {
  let opened: Awaited<ReturnType<typeof open>>
  let node: ReturnType<typeof testEngine>
  beforeAll(async () => {
    opened = await open()
    node = testEngine(opened.database)
  })
  afterAll(() => opened.drop())

  const deploy = async (version: number) =>
    (await node.engine.runtime.deployments.create({ name: 'test', resources: [{ name: 'test.bpmn', content: process(version) }] }))
      .definitions[0]?.id ?? ''
  const states = async (table: string) =>
    (await opened.database.query<{ suspended: number }>(`select suspended from ${table} order by suspended`)).map((row) =>
      Number(row.suspended),
    )
  const runAt = async (due: number) => {
    node.clock.advance(due - node.clock.now())
    await node.engine.jobs.runDue()
  }

  it('takes the versions that a process has by then, with their instances, when it is asked by key', async () => {
    await deploy(1)
    const due = node.clock.now() + DAY
    const suspension = { of: 'process-definition', ids: [], process: { key: 'later' }, suspended: true, includesRunning: true } as const
    await node.engine.runtime.repository.suspend(suspension, undefined, due)
    await node.engine.instances.start({ definitionKey: 'later' })
    await deploy(2)
    const before = await states('re_definition')

    await runAt(due)

    expect(before).toEqual([0, 0])
    expect([await states('re_definition'), await states('ru_instance')]).toEqual([[1, 1], [1]])
    expect(await opened.database.query('select job_id from ru_job where instance_id is null')).toEqual([])
  })

  it('is undone by an activation that was put off', async () => {
    const rows = await opened.database.query<{ definition_id: string }>('select definition_id from re_definition order by version')
    const due = node.clock.now() + DAY
    const ids = rows.slice(0, 1).map((row) => row.definition_id)
    const activation = { of: 'process-definition', ids, suspended: false, includesRunning: false } as const
    await node.engine.runtime.repository.suspend(activation, undefined, due)

    await runAt(due)

    expect([await states('re_definition'), await states('ru_instance')]).toEqual([[0, 1], [1]])
  })

  it('takes job definitions with their jobs', async () => {
    const due = node.clock.now() + DAY
    const before = await states('ru_job_definition')
    const suspension = { of: 'job-definition', ids: [], process: { key: 'later' }, suspended: true, includesRunning: true } as const
    await node.engine.runtime.repository.suspend(suspension, undefined, due)

    await runAt(due)

    expect([before, await states('ru_job_definition')]).toEqual([
      [0, 1],
      [1, 1],
    ])
  })

  it('finds nothing to do when what it was for has gone', async () => {
    const due = node.clock.now() + DAY
    const gone = { of: 'process-definition', ids: ['gone'], suspended: true, includesRunning: true } as const
    await node.engine.runtime.repository.suspend(gone, undefined, due)

    await runAt(due)

    expect(await opened.database.query('select job_id from ru_job where instance_id is null')).toEqual([])
  })
})
