import { afterAll, beforeAll, describe, expect, it } from '@jest/globals'
import type { Database, Tx } from '../../database/database.ts'
import { testDatabases } from '../../database/test-database.ts'
import { migration } from '../../migrations/101-engine-tables.ts'
import { testEngine } from '../../test/builders/test-engine.ts'
import { inconsistencies } from '../../test/faults/consistency.ts'
import { makeUuidV7 } from '../uuid-v7.ts'

const flow = (id: string, from: string, to: string) => `<sequenceFlow id="${id}" sourceRef="${from}" targetRef="${to}"/>`
const process = (key: string, inside: string) =>
  `<process id="${key}" isExecutable="true" camunda:historyTimeToLive="P30D"><startEvent id="start"/>${inside}<endEvent id="end"/></process>`

/** `fan` calls `vote` n times, until `enough` have ended, and lets somebody shout to them all; `outer` calls `fan`. */
const model = `<?xml version="1.0" encoding="UTF-8"?><definitions xmlns="http://www.omg.org/spec/BPMN/20100524/MODEL" xmlns:camunda="http://camunda.org/schema/1.0/bpmn" targetNamespace="test">
<signal id="stop" name="stop"/><message id="hello" name="hello"/>
${process('outer', `<callActivity id="call" calledElement="fan"><extensionElements><camunda:in variables="all"/></extensionElements></callActivity>${flow('a', 'start', 'call')}${flow('b', 'call', 'end')}`)}
${process('fan', `<parallelGateway id="fork"/><callActivity id="votes" calledElement="vote"><extensionElements><camunda:in businessKey="#{execution.processBusinessKey}"/></extensionElements><multiInstanceLoopCharacteristics><loopCardinality>\${n}</loopCardinality><completionCondition>\${nrOfCompletedInstances == enough}</completionCondition></multiInstanceLoopCharacteristics></callActivity><userTask id="shout"/><intermediateThrowEvent id="throw"><signalEventDefinition signalRef="stop"/></intermediateThrowEvent><parallelGateway id="join"/>${flow('c', 'start', 'fork')}${flow('d', 'fork', 'votes')}${flow('e', 'votes', 'join')}${flow('f', 'fork', 'shout')}${flow('g', 'shout', 'throw')}${flow('h', 'throw', 'join')}${flow('m', 'join', 'end')}`)}
${process('vote', `<userTask id="task"/><boundaryEvent id="stopped" attachedToRef="task"><signalEventDefinition signalRef="stop"/></boundaryEvent><boundaryEvent id="greeted" attachedToRef="task" cancelActivity="false"><messageEventDefinition messageRef="hello"/></boundaryEvent><endEvent id="ended"/><endEvent id="nodded"/>${flow('i', 'start', 'task')}${flow('j', 'task', 'end')}${flow('k', 'stopped', 'ended')}${flow('l', 'greeted', 'nodded')}`)}
</definitions>`

describe.each(testDatabases('families', [migration]))('families of called instances on $name', ({ open }) => {
  let database: Database
  let drop: () => Promise<void>
  const newId = makeUuidV7(Date.now)
  beforeAll(async () => {
    ;({ database, drop } = await open())
    await testEngine(database, { newId }).engine.deployments.create({ name: 'test', resources: [{ name: 'fan.bpmn', content: model }] })
  })
  afterAll(() => drop())

  /** An engine that knows nothing yet, and how many snapshots its transactions have read. */
  const counting = () => {
    const read = { snapshots: 0 }
    const { engine } = testEngine(countSnapshots(database, read), { newId })
    return { engine, read }
  }
  const start = (key: string, n: number, enough = n) =>
    testEngine(database, { newId }).engine.instances.start({
      definitionKey: key,
      businessKey: `key-${newId()}`,
      variables: { n: { t: 'Integer', v: n }, enough: { t: 'Integer', v: enough } },
    })
  const tasksOf = async (rootId: string, activity: string) =>
    database.query<{ task_id: string; instance_id: string }>(
      'select task_id, instance_id from ru_task where root_id = ? and task_definition_key = ? order by task_id',
      [rootId, activity],
    )
  const members = async (rootId: string) => (await database.query('select instance_id from ru_instance where root_id = ?', [rootId])).length

  it('reads the member that a command names and its caller, of sixty', async () => {
    const { id } = await start('fan', 60)
    const [task] = await tasksOf(id, 'task')
    const { engine, read } = counting()

    await engine.tasks.complete(task?.task_id ?? '')

    expect(read.snapshots).toBe(2)
    expect(await members(id)).toBe(60)
    expect(await inconsistencies(engine.runtime, id)).toEqual([])
  })

  it('reads all that called it, up to the root', async () => {
    const { id } = await start('outer', 40)
    const [task] = await tasksOf(id, 'task')
    const { engine, read } = counting()

    await engine.tasks.complete(task?.task_id ?? '')

    expect(read.snapshots).toBe(3)
    expect(await inconsistencies(engine.runtime, id)).toEqual([])
  })

  it('reads one of them for a message that one of them waits for', async () => {
    const { id } = await start('fan', 50)
    const [task] = await tasksOf(id, 'task')
    const { engine, read } = counting()

    await engine.messages.correlate({ name: 'hello', processInstanceId: task?.instance_id ?? '' })

    expect(read.snapshots).toBe(2)
    expect(await inconsistencies(engine.runtime, id)).toEqual([])
  })

  it('reads the rest when the others must go', async () => {
    const { id } = await start('outer', 40, 2)
    const { engine, read } = counting()
    const [first, second] = await tasksOf(id, 'task')

    await engine.tasks.complete(first?.task_id ?? '')
    const before = read.snapshots
    await engine.tasks.complete(second?.task_id ?? '')

    expect(read.snapshots - before).toBeGreaterThan(39)
    expect(await members(id)).toBe(2)
    expect(await inconsistencies(engine.runtime, id)).toEqual([])
  })

  it('tells all members of a signal that one of them throws', async () => {
    const { id } = await start('fan', 40)
    const [shout] = await tasksOf(id, 'shout')
    const { engine } = counting()

    await engine.tasks.complete(shout?.task_id ?? '')

    expect(await members(id)).toBe(0)
    expect(await inconsistencies(engine.runtime, id)).toEqual([])
  })

  it('sees within a transaction what its commands before have done to others', async () => {
    const { id } = await start('fan', 40, 3)
    const { engine } = counting()
    const tasks = await tasksOf(id, 'task')

    await database.transaction(async (tx) => {
      for (const task of tasks.slice(0, 2)) await engine.tasks.complete(task.task_id, {}, tx)
      await engine.tasks.complete(tasks[30]?.task_id ?? '', {}, tx)
      await expect(engine.tasks.complete(tasks[31]?.task_id ?? '', {}, tx)).rejects.toThrow()
    })

    expect(await members(id)).toBe(1)
    expect(await inconsistencies(engine.runtime, id)).toEqual([])
  })

  it('numbers what happens in a family through, whoever it happens to', async () => {
    const { id } = await start('fan', 40)
    const tasks = await tasksOf(id, 'task')

    for (const task of tasks.slice(0, 5)) await counting().engine.instances.setVariables(task.instance_id, { a: { t: 'Integer', v: 1 } })
    for (const task of tasks.slice(0, 5)) await counting().engine.tasks.complete(task.task_id)

    const rows = await database.query<{ seq: number }>(
      'select seq from hi_detail where root_id = ? union all select seq from hi_activity where root_id = ? order by seq',
      [id, id],
    )
    expect(new Set(rows.map((row) => row.seq)).size).toBe(rows.length)
  })
})

/** A database that counts the rows of snapshots that are read within transactions. */
function countSnapshots(database: Database, read: { snapshots: number }): Database {
  const counted = new WeakMap<Tx, Tx>()
  const count = (tx: Tx): Tx => {
    const known = counted.get(tx)
    if (known) return known
    const made: Tx = {
      async query<Row>(sql: string, params?: Parameters<Tx['query']>[1]) {
        const rows = await tx.query<Row>(sql, params)
        if (sql.includes('state from ru_instance')) read.snapshots += rows.length
        return rows
      },
      write: (sql, params) => tx.write(sql, params),
      afterCommit: (effect) => tx.afterCommit(effect),
    }
    counted.set(tx, made)
    return made
  }
  return {
    ...database,
    transaction: (work) => database.transaction((tx) => work(count(tx))),
    current: () => {
      const tx = database.current()
      return tx && count(tx)
    },
  }
}
