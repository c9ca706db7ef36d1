import { afterAll, beforeAll, describe, expect, it } from '@jest/globals'
import { type Database, RunAgain } from './database.ts'
import { type Migration, migrate } from './migrate.ts'
import { testDatabases } from './test-database.ts'

const notes: Migration = {
  id: '001-note',
  up: async ({ run, types }) => {
    await run(
      `create table note (note_id ${types.id} not null primary key, body ${types.text(100)}, flag ${types.bool}, made_at ${types.instant}, big ${types.long}, raw ${types.bytes})`,
    )
    await run('create index note_body on note (body)')
  },
}

describe.each(testDatabases('database', [notes]))('the database on $name', ({ open, name }) => {
  let database: Database
  let drop: () => Promise<void>
  beforeAll(async () => {
    ;({ database, drop } = await open())
  })
  afterAll(() => drop())

  const bodies = async () => (await database.query<{ body: string }>('select body from note order by body')).map((row) => row.body)
  const insert = 'insert into note (note_id, body) values (?, ?)'
  const empty = () => database.query('delete from note')

  it('migrates once, and again after a stop half way', async () => {
    expect(await migrate(database, [notes])).toEqual([])
    await database.query('delete from schema_migration')
    expect(await migrate(database, [notes])).toEqual(['001-note'])
  })

  it('keeps text, booleans, instants, large integers and bytes', async () => {
    await database.query('insert into note (note_id, body, flag, made_at, big, raw) values (?, ?, ?, ?, ?, ?)', [
      'a',
      "巴公镇 '\\ ;",
      true,
      1_790_000_000_000,
      9_007_199_254_740_991n,
      new Uint8Array([0, 255]),
    ])
    const [row] = await database.query('select body, flag, made_at, big, raw from note')
    expect({ ...row, raw: Array.from(row?.raw as Uint8Array) }).toEqual({
      body: "巴公镇 '\\ ;",
      flag: 1,
      made_at: 1_790_000_000_000,
      big: 9_007_199_254_740_991,
      raw: [0, 255],
    })
    expect(await database.query('select count(*) as n from note')).toEqual([{ n: 1 }])
    expect(await database.query('select note_id from note where note_id = ?', ['A'])).toEqual([])
    await empty()
  })

  it('tells a blank at the end from none', async () => {
    await database.query(insert, ['1', 'x'])
    expect(await database.query('select note_id from note where body = ?', ['x '])).toEqual([])
    await empty()
  })

  it('commits writes that were kept back, and shows them to the next query', async () => {
    await database.transaction(async (tx) => {
      tx.write(insert, ['1', 'kept'])
      expect(await tx.query('select body from note')).toEqual([{ body: 'kept' }])
      tx.write(insert, ['2', 'later'])
    })
    expect(await bodies()).toEqual(['kept', 'later'])
    await empty()
  })

  it('undoes everything on an error, and joins nested transactions', async () => {
    const failing = database.transaction(async (tx) => {
      await tx.query(insert, ['1', 'outer'])
      await database.transaction(async (inner) => {
        expect(inner).toBe(tx)
        inner.write(insert, ['2', 'inner'])
      })
      throw new Error('no')
    })
    await expect(failing).rejects.toThrow('no')
    expect(await bodies()).toEqual([])
  })

  it('lets a caller catch a refused statement and go on', async () => {
    await database.transaction(async (tx) => {
      await tx.query(insert, ['1', 'first'])
      await expect(tx.query(insert, ['1', 'again'])).rejects.toThrow()
      await tx.query(insert, ['2', 'second'])
    })
    expect(await bodies()).toEqual(['first', 'second'])
    await empty()
  })

  it('fails as a whole when a write that was kept back fails', async () => {
    const failing = database.transaction(async (tx) => {
      tx.write(insert, ['1', 'first'])
      tx.write(insert, ['1', 'again'])
    })
    await expect(failing).rejects.toThrow()
    expect(await bodies()).toEqual([])
  })

  it('never mixes transactions that run at the same time', async () => {
    const work = (id: string, fail: boolean) =>
      database.transaction(async (tx) => {
        await tx.query(insert, [id, id])
        await new Promise((done) => setTimeout(done, 2))
        await tx.query(insert, [`${id}b`, `${id}b`])
        if (fail) throw new Error('undone')
      })
    await Promise.allSettled(['a', 'b', 'c', 'd'].map((id, i) => work(id, i % 2 === 1)))
    expect(await bodies()).toEqual(['a', 'ab', 'c', 'cb'])
    await empty()
  })

  it('runs effects after the commit only, and once', async () => {
    const seen: string[] = []
    let round = 0
    await database.transaction(async (tx) => {
      round++
      tx.afterCommit(() => seen.push(`round ${round}, inside ${database.current() !== null}`))
      if (round < 3)
        throw new RunAgain('once more', async (again) => {
          await again.query('select 1 as one')
        })
    })
    expect(seen).toEqual(['round 3, inside false'])
    await expect(
      database.transaction(async () => {
        throw new RunAgain('for ever', async () => {})
      }),
    ).rejects.toThrow('for ever')
  })

  it('sends nothing before what it follows has come', async () => {
    await empty()
    let come: () => void = () => undefined
    const after = new Promise<void>((resolve) => {
      come = resolve
    })
    const steps: string[] = []
    const transaction = database
      .transaction(async (tx) => {
        steps.push('works')
        tx.write(insert, ['1', 'late'])
      }, after)
      .then(() => steps.push('committed'))
    await new Promise((resolve) => setTimeout(resolve, 20))
    steps.push('comes')
    come()
    await transaction

    expect(steps).toEqual(['works', 'comes', 'committed'])
    expect(await bodies()).toEqual(['late'])
    await empty()
  })

  it('leaves no transaction open', async () => {
    if (name !== 'MariaDB') return
    expect(
      await database.query(
        'select trx_id from information_schema.innodb_trx where trx_mysql_thread_id in (select id from information_schema.processlist where db = database())',
      ),
    ).toEqual([])
  })

  it('runs both again after a deadlock', async () => {
    if (name !== 'MariaDB') return
    await database.query(insert, ['1', 'one'])
    await database.query(insert, ['2', 'two'])
    let attempts = 0
    const swap = (first: string, second: string) =>
      database.transaction(async (tx) => {
        attempts++
        await tx.query("update note set body = concat(body, 'x') where note_id = ?", [first])
        await new Promise((done) => setTimeout(done, 50))
        await tx.query("update note set body = concat(body, 'y') where note_id = ?", [second])
      })
    await Promise.all([swap('1', '2'), swap('2', '1')])
    expect(attempts).toBeGreaterThan(2)
    expect((await bodies()).map((body) => body.length)).toEqual([5, 5])
    await empty()
  })
})
