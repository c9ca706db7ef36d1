import { afterAll, beforeAll, describe, expect, it } from '@jest/globals'
import { openDatabase } from '../../../database/open-database.ts'
import { testDatabases } from '../../../database/test-database.ts'
import { migrations } from '../../../migrations/index.ts'
import { countedIds, testEngine } from '../../../test/builders/test-engine.ts'
import { lockTasks } from '../../runtime/sub-tasks.ts'

const PROCESS = `<?xml version="1.0" encoding="UTF-8"?>
<definitions xmlns="http://www.omg.org/spec/BPMN/20100524/MODEL" xmlns:camunda="http://camunda.org/schema/1.0/bpmn" targetNamespace="test">
  <process id="one" isExecutable="true" camunda:historyTimeToLive="P1D">
    <startEvent id="s"/><sequenceFlow id="f" sourceRef="s" targetRef="work"/><userTask id="work"/>
  </process>
</definitions>`

describe.each(testDatabases('sub_tasks', migrations))('sub-tasks on $name', ({ open }) => {
  let opened: Awaited<ReturnType<typeof open>>
  beforeAll(async () => {
    opened = await open()
  })
  afterAll(() => opened.drop())
  let nodes = 0

  const given = async () => {
    const { database, url } = opened
    nodes += 1
    const node = testEngine(database, { newId: countedIds(nodes) })
    for (const table of ['ru_task', 'hi_task', 're_deployment']) await database.query(`delete from ${table}`)
    await node.engine.deployments.create({ name: 'test', resources: [{ name: 'test.bpmn', content: PROCESS }] })
    const { id } = await node.engine.instances.start({ definitionKey: 'one' })
    const [task] = await node.engine.tasks.list({ processInstanceId: id })
    const taskId = task?.id ?? ''
    const makeBelow = (subTaskId: string, parentId: string) =>
      database.transaction(async (tx) => {
        const standalone = parentId !== taskId
        if (standalone) await lockTasks((sql, params) => tx.query(sql, params), database.dialect, [parentId])
        else await node.engine.runtime.execute({ kind: 'expectSubTasks', taskId }, tx)
        tx.write('insert into ru_task (task_id, parent_task_id, priority, created_at, suspended) values (?, ?, 0, 0, 0)', [
          subTaskId,
          parentId,
        ])
        tx.write('insert into hi_task (task_id, parent_task_id, priority, started_at) values (?, ?, 0, 0)', [subTaskId, parentId])
      })
    const openTasks = async () =>
      (await database.query<{ task_id: string }>('select task_id from ru_task order by task_id')).map((row) => row.task_id)
    return { database, url, node, instanceId: id, taskId, makeBelow, openTasks: openTasks }
  }

  it('end with their parent when another engine, which has not seen them made, completes it', async () => {
    const { database, url, taskId, makeBelow, openTasks } = await given()
    await makeBelow('a', taskId)
    await makeBelow('b', 'a')
    const second = database.dialect === 'mariadb' ? await openDatabase(url) : database
    const other = testEngine(second, { newId: countedIds(100) })

    await other.engine.tasks.complete(taskId)

    if (second !== database) await second.close()
    expect(await openTasks()).toEqual([])
    expect(await database.query('select task_id, delete_reason from hi_task order by task_id')).toEqual(
      expect.arrayContaining([
        { task_id: 'a', delete_reason: 'completed' },
        { task_id: 'b', delete_reason: 'completed' },
      ]),
    )
  })

  it('are made before their parent goes, and go with it, or are not made', async () => {
    const { node, taskId, makeBelow, openTasks } = await given()
    await makeBelow('a', taskId)

    await Promise.allSettled([makeBelow('b', taskId), node.engine.tasks.complete(taskId), makeBelow('c', taskId)])

    expect(await openTasks()).toEqual([])
  })

  it('are no work for a task that has none', async () => {
    const { node, taskId } = await given()

    const done = await node.engine.runtime.execute({ kind: 'completeTask', taskId, variables: {} })

    expect(done.effects).toEqual([])
  })

  it('go with a deployment that is deleted with everything, in history as well', async () => {
    const { database, node, taskId, makeBelow, openTasks } = await given()
    await makeBelow('a', taskId)
    await makeBelow('b', 'a')
    const [deployment] = await database.query<{ deployment_id: string }>('select deployment_id from re_deployment')

    await node.engine.runtime.repository.deleteDeployment(deployment?.deployment_id ?? '', true)

    expect(await openTasks()).toEqual([])
    expect(await database.query('select task_id from hi_task')).toEqual([])
  })

  it('that hang below themselves end as well', async () => {
    const { database, node, taskId, makeBelow, openTasks } = await given()
    await makeBelow('a', taskId)
    await makeBelow('b', 'a')
    await database.query("update ru_task set parent_task_id = 'b' where task_id = 'a'")
    await makeBelow('c', taskId)
    await database.query("update ru_task set parent_task_id = 'c' where task_id = 'b'")

    await node.engine.tasks.complete(taskId)

    expect(await openTasks()).toEqual([])
  })
})
