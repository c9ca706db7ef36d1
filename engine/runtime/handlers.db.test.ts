import { afterEach, beforeEach, describe, expect, it } from '@jest/globals'
import type { Database } from '../../database/database.ts'
import { migrate } from '../../database/migrate.ts'
import { openDatabase } from '../../database/open-database.ts'
import { migrations } from '../../migrations/index.ts'
import { bpmn, flows } from '../../test/builders/core-engine.ts'
import { countedIds, testEngine } from '../../test/builders/test-engine.ts'
import { BpmnError, type HandlerCall, type Handlers } from '../index.ts'

const model = (name: string) =>
  bpmn(
    `<startEvent id="s"/><serviceTask id="work" camunda:asyncBefore="true" camunda:class="${name}"/><endEvent id="e"/>${flows('s>work', 'work>e')}`,
  )
const refuse = ({ execution }: HandlerCall): void => {
  throw new BpmnError('REFUSED', execution.currentActivityId ?? '')
}
const handlers: Handlers = {
  refusing: { execute: refuse },
  known: { execute: ({ execution, now }) => execution.setVariable('at', { t: 'Date', v: now }) },
  outside: { remote: true },
}

describe('handlers of the embedded engine', () => {
  let database: Database

  beforeEach(async () => {
    database = await openDatabase('sqlite::memory:')
    await migrate(database, migrations)
  })
  afterEach(() => database.close())

  const deploy = (engine: ReturnType<typeof testEngine>['engine'], name: string) =>
    engine.deployments.create({ name, resources: [{ name: `${name}.bpmn`, content: model(name) }] })

  it('run in the command, and in jobs', async () => {
    const { engine } = testEngine(database, { handlers })
    await deploy(engine, 'known')
    const { id } = await engine.instances.start({ definitionKey: 'p' })

    await engine.jobs.runDue()

    expect((await engine.history.instance(id))?.state).toBe('COMPLETED')
  })

  it('may throw an error, which ends the path when nobody catches it', async () => {
    const { engine } = testEngine(database, { handlers })
    await deploy(engine, 'refusing')
    const { id } = await engine.instances.start({ definitionKey: 'p' })

    await engine.jobs.runDue()

    const activities = await engine.history.activities({ processInstanceId: id })
    expect(activities.map(({ activityId }) => activityId).sort()).toEqual(['s', 'work'])
    expect((await engine.history.instance(id))?.state).toBe('COMPLETED')
  })

  it('that are remote are external tasks', async () => {
    const { engine } = testEngine(database, { handlers })
    await deploy(engine, 'outside')
    const { id } = await engine.instances.start({ definitionKey: 'p' })
    await engine.jobs.runDue()

    const [task] = await engine.externalTasks.fetchAndLock({ workerId: 'w', maxTasks: 1, topics: [{ topicName: 'outside', lockMs: 1000 }] })
    await engine.externalTasks.complete(task?.id ?? '', { workerId: 'w' })

    expect((await engine.history.instance(id))?.state).toBe('COMPLETED')
  })

  it('that nobody registered refuse the deployment', async () => {
    const { engine } = testEngine(database, { handlers })

    await expect(deploy(engine, 'missing')).rejects.toThrow("no handler is registered as 'missing'")
  })

  it('that nobody registered become an incident when the switch lets the model through', async () => {
    const { engine } = testEngine(database, { handlers, compat: { unknownHandlersDeploy: true } })
    await deploy(engine, 'missing')
    const { id } = await engine.instances.start({ definitionKey: 'p' })

    await engine.jobs.runDue()

    const incidents = await engine.incidents.list({ processInstanceId: id })
    expect(incidents.map(({ activityId, message }) => [activityId, message])).toEqual([['work', expect.stringContaining('missing')]])
  })

  it('that have gone since are missed when they are reached', async () => {
    const { engine } = testEngine(database, { handlers })
    await deploy(engine, 'known')
    const { id } = await engine.instances.start({ definitionKey: 'p' })
    const { engine: without } = testEngine(database, { newId: countedIds(1) })

    await without.jobs.runDue()

    const incidents = await without.incidents.list({ processInstanceId: id })
    expect(incidents.map(({ activityId, message }) => [activityId, message])).toEqual([['work', expect.stringContaining('known')]])
  })
})
