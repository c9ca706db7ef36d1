import { AsyncLocalStorage } from 'node:async_hooks'
import type { Connection, Connector, Statement } from './connection.ts'
import { type Database, RunAgain, type SqlValue, type Tx } from './database.ts'

const ATTEMPTS = 6

/** One attempt at a transaction. Begins with its first statement; keeps back writes until they can travel with something else. */
class OpenTransaction implements Tx {
  open = true
  readonly effects: (() => void)[] = []
  private begun = false
  private pending: Statement[] = []
  private doom: unknown = null
  private turn: Promise<unknown> = Promise.resolve()
  private readonly connection: Connection
  private readonly connector: Connector
  private readonly after: Promise<unknown> | undefined

  constructor(connection: Connection, connector: Connector, after: Promise<unknown> | undefined) {
    this.connection = connection
    this.connector = connector
    this.after = after
  }

  query<Row>(sql: string, params: readonly SqlValue[] = []): Promise<Row[]> {
    return this.inTurn(async () => {
      this.assertUsable()
      const statement = { sql, params }
      // A failing insert may be caught by its caller, so it must not drag the writes that were kept back with it.
      if (this.pending.length > 0 && !/^\s*(select|with)\b/i.test(sql)) await this.flush([])
      return (await this.flush([statement])) as Row[]
    })
  }

  write(sql: string, params: readonly SqlValue[] = []): void {
    this.assertUsable()
    this.pending.push({ sql, params })
  }

  afterCommit(effect: () => void): void {
    this.effects.push(effect)
  }

  async commit(): Promise<void> {
    await this.turn.catch(() => undefined)
    this.assertUsable()
    this.open = false
    if (this.begun || this.pending.length > 0) await this.flush([{ sql: 'commit', params: [] }])
  }

  /** True when the connection is clean again. */
  async rollback(): Promise<boolean> {
    await this.turn.catch(() => undefined)
    this.open = false
    this.pending = []
    if (!this.begun) return true
    try {
      await this.connection.send([{ sql: 'rollback', params: [] }])
      return true
    } catch {
      return false
    }
  }

  private inTurn<T>(work: () => Promise<T>): Promise<T> {
    const next = this.turn.then(work, work)
    this.turn = next.catch(() => undefined)
    return next
  }

  private async flush(last: readonly Statement[]): Promise<unknown[]> {
    if (!this.begun && this.after) await this.after
    const carried = this.pending.length > 0
    const statements = [...(this.begun ? [] : [{ sql: this.connector.begin, params: [] }]), ...this.pending, ...last]
    this.pending = []
    this.begun = true
    try {
      return await this.connection.send(statements)
    } catch (error) {
      // After these the database may have undone more than the one statement: nothing of this attempt may be committed.
      if (carried || last[0]?.sql === 'commit' || this.connector.isRetriable(error)) this.doom ??= error
      throw error
    }
  }

  private assertUsable(): void {
    if (this.doom !== null) throw this.doom
    if (!this.open) throw new Error('This transaction has ended already.')
  }
}

/** `Database` over a connector: nesting, retries, effects after the commit. */
export function makeDatabase(connector: Connector): Database {
  const ambient = new AsyncLocalStorage<OpenTransaction | null>()
  const current = () => {
    const tx = ambient.getStore()
    return tx?.open ? tx : null
  }

  async function attempt<T>(
    work: (tx: Tx) => Promise<T>,
    first: ((tx: Tx) => Promise<void>) | null,
    after: Promise<unknown> | undefined,
  ): Promise<T> {
    const connection = await connector.acquire()
    const tx = new OpenTransaction(connection, connector, after)
    let broken = true
    try {
      const result = await ambient.run(tx, async () => {
        if (first) await first(tx)
        return work(tx)
      })
      await tx.commit()
      broken = false
      for (const effect of tx.effects) ambient.run(null, effect)
      return result
    } catch (error) {
      broken = broken && !(await tx.rollback())
      throw error
    } finally {
      await connection.release(broken)
    }
  }

  return {
    dialect: connector.dialect,
    current,
    outside: (work) => ambient.run(null, work),
    async transaction(work, after) {
      const joined = current()
      if (joined) return work(joined)
      let first: ((tx: Tx) => Promise<void>) | null = null
      for (let round = 1; ; round++) {
        try {
          return await attempt(work, first, after)
        } catch (error) {
          if (error instanceof RunAgain) first = error.first
          else if (!connector.isRetriable(error)) throw error
          if (round >= ATTEMPTS) throw error
        }
      }
    },
    query: async <Row>(sql: string, params: readonly SqlValue[] = []) => {
      const joined = current()
      return joined ? joined.query<Row>(sql, params) : ((await connector.read({ sql, params })) as Row[])
    },
    close: () => connector.close(),
  }
}
