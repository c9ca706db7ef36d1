import { afterAll, beforeAll, describe, expect, it } from '@jest/globals'
import type { Database } from '../../database/database.ts'
import { testDatabases } from '../../database/test-database.ts'
import { migration } from '../../migrations/101-engine-tables.ts'
import { testEngine } from '../../test/builders/test-engine.ts'
import { inconsistencies } from '../../test/faults/consistency.ts'

const model = `<?xml version="1.0" encoding="UTF-8"?><definitions xmlns="http://www.omg.org/spec/BPMN/20100524/MODEL" xmlns:camunda="http://camunda.org/schema/1.0/bpmn" targetNamespace="test"><process id="fan" isExecutable="true" camunda:historyTimeToLive="P30D"><startEvent id="start"/><sequenceFlow id="a" sourceRef="start" targetRef="vote"/><userTask id="vote"><multiInstanceLoopCharacteristics><loopCardinality>\${n}</loopCardinality></multiInstanceLoopCharacteristics></userTask><sequenceFlow id="b" sourceRef="vote" targetRef="end"/><endEvent id="end"/></process></definitions>`

describe.each(testDatabases('chunks', [migration]))('chunks of large instances on $name', ({ open }) => {
  let database: Database
  let drop: () => Promise<void>
  beforeAll(async () => {
    ;({ database, drop } = await open())
    await testEngine(database).engine.deployments.create({ name: 'test', resources: [{ name: 'fan.bpmn', content: model }] })
  })
  afterAll(() => drop())

  const start = (engine: ReturnType<typeof testEngine>['engine'], n: number) =>
    engine.instances.start({ definitionKey: 'fan', variables: { n: { t: 'Integer', v: n } } })
  const chunks = async (id: string) =>
    (
      await database.query<{ chunk_id: string; rev: number }>(
        'select chunk_id, rev from ru_chunk where instance_id = ? order by chunk_id',
        [id],
      )
    ).map((row) => `${row.chunk_id} ${row.rev}`)

  it('keeps a small instance in one document', async () => {
    const { engine } = testEngine(database, { newId: ids('1') })

    const { id } = await start(engine, 20)

    expect(await chunks(id)).toEqual([])
  })

  it('writes only the chunks that a command touches', async () => {
    const { engine } = testEngine(database, { newId: ids('2') })
    const { id } = await start(engine, 300)
    const before = await chunks(id)
    const [task] = await engine.tasks.list({ processInstanceId: id })

    await engine.tasks.complete(task?.id ?? '')

    const after = await chunks(id)
    expect(before.length).toBeGreaterThan(8)
    expect(after.filter((chunk) => !before.includes(chunk)).length).toBeLessThanOrEqual(4)
    expect(await inconsistencies(engine.runtime, id)).toEqual([])
  })

  it('never remembers what was undone, though it was read within its transaction', async () => {
    const { engine } = testEngine(database, { newId: ids('5') })
    const other = testEngine(database, { newId: ids('6') }).engine
    const { id } = await start(engine, 100)
    const [first, second] = await engine.tasks.list({ processInstanceId: id })
    const undone = database.transaction(async (tx) => {
      await engine.tasks.complete(first?.id ?? '', {}, tx)
      expect((await engine.runtime.instance(id, tx))?.tasks.size).toBe(99)
      expect((await engine.runtime.context.store.loadFamilies(tx, [id])).get(id)?.instances.get(id)?.tasks.size).toBe(99)
      throw new Error('undone')
    })
    await expect(undone).rejects.toThrow('undone')

    // The same revisions again, with something else in them.
    await other.tasks.complete(second?.id ?? '')

    const instance = await engine.runtime.instance(id)
    expect([...(instance?.tasks.keys() ?? [])]).toContain(first?.id)
    await engine.tasks.complete(first?.id ?? '')
    expect(await inconsistencies(engine.runtime, id)).toEqual([])
  })

  it('reads only the chunks that another node has changed', async () => {
    const read: unknown[] = []
    const one = testEngine(database, { newId: ids('7') }).engine
    const two = testEngine(watched(database, read), { newId: ids('8') }).engine
    const { id } = await start(one, 300)
    const [first, second, third, fourth] = await one.tasks.list({ processInstanceId: id })
    await two.tasks.complete(first?.id ?? '')
    expect(read.splice(0).length).toBeGreaterThan(30)
    await one.tasks.complete(second?.id ?? '')

    await two.tasks.complete(third?.id ?? '')

    expect(read.splice(0).length).toBe(2)
    await two.tasks.complete(fourth?.id ?? '')
    expect(read).toEqual([])
  })

  it('reads chunks that another node wrote, and ends with none', async () => {
    const one = testEngine(database, { newId: ids('3') }).engine
    const two = testEngine(database, { newId: ids('4') }).engine
    const { id } = await start(one, 200)
    const tasks = await one.tasks.list({ processInstanceId: id })

    for (const [i, task] of tasks.slice(0, 190).entries()) {
      const undone = database.transaction(async (tx) => {
        await one.tasks.complete(task.id, {}, tx)
        throw new Error('undone')
      })
      if (i % 40 === 0) await expect(undone).rejects.toThrow('undone')
      else await undone.catch(() => undefined)
      await (i % 2 === 0 ? one : two).tasks.complete(task.id)
      if (i % 60 === 0 || i === 189) expect(await inconsistencies(one.runtime, id)).toEqual([])
    }
    expect((await one.tasks.list({ processInstanceId: id })).length).toBe(10)
    await Promise.all(tasks.slice(190).map((task, i) => (i % 2 === 0 ? one : two).tasks.complete(task.id)))

    expect(await one.history.instance(id)).toMatchObject({ state: 'COMPLETED' })
    expect(await chunks(id)).toEqual([])
    expect(await inconsistencies(one.runtime, id)).toEqual([])
  })
})

/** The same database; `read` learns of the chunks that are read within transactions. */
function watched(database: Database, read: unknown[]): Database {
  return {
    ...database,
    transaction: (work) =>
      database.transaction((tx) => {
        const query = tx.query.bind(tx)
        tx.query = (sql, params = []) => {
          if (sql.includes('from ru_chunk')) read.push(...params.slice(1))
          return query(sql, params)
        }
        return work(tx)
      }),
  }
}

/** Ids of one engine among several on one database. */
function ids(node: string): () => string {
  let count = 0
  return () => `00000000-0000-7000-8000-${node}${(++count).toString(16).padStart(11, '0')}`
}
