import { afterEach, beforeEach, describe, expect, it } from '@jest/globals'
import type { Database } from '../../database/database.ts'
import { migrate } from '../../database/migrate.ts'
import { openDatabase } from '../../database/open-database.ts'
import { migrations } from '../../migrations/index.ts'
import { bpmn, flows } from '../../test/builders/core-engine.ts'
import { testEngine } from '../../test/builders/test-engine.ts'
import { inconsistencies } from '../../test/faults/consistency.ts'

describe('bad input', () => {
  let database: Database
  let engine: ReturnType<typeof testEngine>['engine']
  let clock: ReturnType<typeof testEngine>['clock']

  beforeEach(async () => {
    database = await openDatabase('sqlite::memory:')
    await migrate(database, migrations)
    ;({ engine, clock } = testEngine(database))
  })
  afterEach(() => database.close())

  const deploy = (content: string) => engine.deployments.create({ name: 'model', resources: [{ name: 'model.bpmn', content }] })

  it.each([
    ['text that is no XML', 'hello', /missing start tag/],
    ['half a file', bpmn('<startEvent id="s"/>').slice(0, 120), /./],
    ['an entity bomb', `<!DOCTYPE d [<!ENTITY a "aaaa"><!ENTITY b "&a;&a;">]>${bpmn('<startEvent id="s"/>')}`, /document type/i],
    ['more than ten megabytes', `${bpmn('<startEvent id="s"/>')}<!--${'x'.repeat(10 * 1024 * 1024)}-->`, /10485760 characters/],
    ['an element that nobody knows', bpmn('<startEvent id="s"/><frobnicate id="x"/>'), /frobnicate/],
    [
      'an expression that does not parse',
      bpmn(`<startEvent id="s"/><serviceTask id="x" camunda:expression="\${1 +"/>${flows('s>x')}`),
      /./,
    ],
    [
      'one id for two elements',
      bpmn(`<startEvent id="s"/><userTask id="f"/><sequenceFlow id="f" sourceRef="s" targetRef="f"/>`),
      /used twice/,
    ],
  ])('refuses %s with a clear message', async (_what, content, message) => {
    await expect(deploy(content)).rejects.toThrow(message)
  })

  it('refuses processes that call each other for ever, and leaves nothing of them', async () => {
    await deploy(bpmn(`<startEvent id="s"/><callActivity id="k" calledElement="p"/>${flows('s>k')}`))

    await expect(engine.instances.start({ definitionKey: 'p' })).rejects.toMatchObject({ code: 'loop-detected' })

    expect(await engine.instances.list({ definitionKey: 'p' })).toEqual([])
  })

  it('makes an incident of such a call in a job', async () => {
    await deploy(bpmn(`<startEvent id="s"/><callActivity id="k" calledElement="p" camunda:asyncBefore="true"/>${flows('s>k')}`))
    const other = bpmn(`<startEvent id="s"/><callActivity id="k" calledElement="q2" camunda:asyncBefore="true"/>${flows('s>k')}`, '', 'q')
    const turning = bpmn(`<startEvent id="s"/><callActivity id="k" calledElement="q2"/>${flows('s>k')}`, '', 'q2')
    await deploy(other)
    await deploy(turning)
    const { id } = await engine.instances.start({ definitionKey: 'q' })

    await engine.jobs.runDue()

    expect((await engine.incidents.list({ processInstanceId: id })).map(({ activityId }) => activityId)).toEqual(['k'])
    expect(await inconsistencies(engine.runtime, id)).toEqual([])
  })

  it('refuses a task that was completed before, and an external task of another worker or done already', async () => {
    await deploy(
      bpmn(`<startEvent id="s"/><userTask id="u"/><serviceTask id="x" camunda:type="external" camunda:topic="t"/>${flows('s>u', 'u>x')}`),
    )
    const { id } = await engine.instances.start({ definitionKey: 'p' })
    const [task] = await engine.tasks.list({ processInstanceId: id })
    await engine.tasks.complete(task?.id ?? '')
    const [external] = await engine.externalTasks.fetchAndLock({
      workerId: 'one',
      maxTasks: 1,
      topics: [{ topicName: 't', lockMs: 1_000 }],
    })

    await expect(engine.tasks.complete(task?.id ?? '')).rejects.toMatchObject({ code: 'unknown-task' })
    await expect(engine.externalTasks.complete(external?.id ?? '', { workerId: 'two' })).rejects.toMatchObject({
      code: 'external-task-not-locked',
    })
    await engine.externalTasks.complete(external?.id ?? '', { workerId: 'one' })
    await expect(engine.externalTasks.complete(external?.id ?? '', { workerId: 'one' })).rejects.toMatchObject({
      code: 'unknown-external-task',
    })
  })

  it('goes on when the clock jumps back', async () => {
    const timer = '<timerEventDefinition><timeDuration>PT1H</timeDuration></timerEventDefinition>'
    await deploy(
      bpmn(`<startEvent id="s"/><intermediateCatchEvent id="c">${timer}</intermediateCatchEvent><userTask id="u"/>${flows('s>c', 'c>u')}`),
    )
    const { id } = await engine.instances.start({ definitionKey: 'p' })
    clock.advance(-7_200_000)

    expect(await engine.jobs.runDue()).toBe(0)
    clock.advance(7_200_000 + 3_600_000)
    await engine.jobs.runDue()
    clock.advance(-86_400_000)
    const [task] = await engine.tasks.list({ processInstanceId: id })
    await engine.tasks.complete(task?.id ?? '')

    expect((await engine.history.instance(id))?.state).toBe('COMPLETED')
  })
})
