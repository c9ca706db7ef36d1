import { afterAll, beforeAll, describe, expect, it } from '@jest/globals'
import type { Database, Tx } from '../../database/database.ts'
import { testDatabases } from '../../database/test-database.ts'
import { migration } from '../../migrations/101-engine-tables.ts'
import { WriteSet } from './write-set.ts'

describe.each(testDatabases('write_set', [migration]))('WriteSet on $name', ({ open }) => {
  let database: Database
  let drop: () => Promise<void>
  beforeAll(async () => {
    ;({ database, drop } = await open())
  })
  afterAll(() => drop())

  const link = (id: string, userId: string) => ({ task_id: 't', identity_link_id: id, type: 'candidate', user_id: userId })
  const instance = (id: string, state: string) => ({
    instance_id: id,
    root_id: id,
    rev: 1,
    state,
    definition_id: 'd',
    definition_key: 'k',
    suspended: false,
    started_at: 1,
  })

  /** Writes what `fill` says and answers the statements that were sent for it. */
  async function write(fill: (set: WriteSet) => void): Promise<string[]> {
    const set = new WriteSet(database.dialect)
    const sent: string[] = []
    fill(set)
    await database.transaction(async (tx) => {
      const spy: Tx = {
        query: (sql, params) => tx.query(sql, params),
        afterCommit: (effect) => tx.afterCommit(effect),
        write(sql, params) {
          sent.push(sql)
          tx.write(sql, params)
        },
      }
      set.flush(spy)
    })
    return sent
  }

  it('writes the rows of a table by one statement', async () => {
    const sent = await write((set) => {
      set.insert('ru_identity_link', link('a', 'li'))
      set.insert('ru_identity_link', link('b', 'wang'))
    })

    expect(sent).toHaveLength(1)
    expect(await database.query('select identity_link_id, user_id from ru_identity_link order by identity_link_id')).toEqual([
      { identity_link_id: 'a', user_id: 'li' },
      { identity_link_id: 'b', user_id: 'wang' },
    ])
  })

  it('never writes what is inserted and deleted again', async () => {
    const sent = await write((set) => {
      set.insert('ru_identity_link', link('c', 'li'))
      set.delete('ru_identity_link', { task_id: 't', identity_link_id: 'c' })
    })

    expect(sent).toEqual([])
  })

  it('makes one insert of an insert and its later changes', async () => {
    const sent = await write((set) => {
      set.insert('ru_identity_link', link('d', 'li'))
      set.update('ru_identity_link', { task_id: 't', identity_link_id: 'd', user_id: 'zhao' })
    })

    expect(sent).toHaveLength(1)
    expect(await database.query("select user_id from ru_identity_link where identity_link_id = 'd'")).toEqual([{ user_id: 'zhao' }])
  })

  it('shares one update among rows that change alike', async () => {
    const sent = await write((set) => {
      for (const id of ['a', 'b']) set.update('ru_identity_link', { task_id: 't', identity_link_id: id, type: 'owner' })
    })

    expect(sent).toHaveLength(1)
    expect(await database.query("select count(*) as n from ru_identity_link where type = 'owner'")).toEqual([{ n: 2 }])
  })

  it('writes over what is there, and inserts what is not, by one statement', async () => {
    await write((set) => set.insert('ru_instance', instance('i', '{}')))

    const sent = await write((set) => {
      set.upsert('ru_instance', instance('i', '{"new":1}'))
      set.upsert('ru_instance', instance('j', '{}'))
    })

    expect(sent).toHaveLength(1)
    expect(await database.query('select instance_id, state from ru_instance order by instance_id')).toEqual([
      { instance_id: 'i', state: '{"new":1}' },
      { instance_id: 'j', state: '{}' },
    ])
  })

  it('deletes the rows of an instance that ends by one statement per table', async () => {
    const execution = (id: string) => ({
      instance_id: 'i',
      execution_id: id,
      root_id: 'i',
      definition_id: 'd',
      definition_key: 'k',
      scope_node: 'k',
      phase: 'active',
      is_active: true,
      is_scope: false,
      is_concurrent: false,
      is_transition: false,
      suspended: false,
      seq: 1,
    })
    await write((set) => {
      for (const id of ['x', 'y']) set.insert('ru_execution', execution(id))
    })

    const sent = await write((set) => {
      set.endInstance('i')
      set.delete('ru_execution', { instance_id: 'i', execution_id: 'x' })
      set.delete('ru_execution', { instance_id: 'i', execution_id: 'y' })
      set.insert('ru_execution', execution('z'))
      set.delete('ru_execution', { instance_id: 'i', execution_id: 'z' })
    })

    expect(sent).toEqual(['delete from ru_execution where instance_id in (?)'])
    expect(await database.query('select execution_id from ru_execution')).toEqual([])
  })

  it('splits what is more than a statement can hold', async () => {
    const sent = await write((set) => {
      for (let i = 0; i < 2500; i++) set.insert('ru_identity_link', link(`many-${i}`, 'li'))
    })

    expect(sent.length).toBeGreaterThan(1)
    expect(await database.query("select count(*) as n from ru_identity_link where identity_link_id like 'many-%'")).toEqual([{ n: 2500 }])
  })
})
