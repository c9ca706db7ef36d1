import type { EngineRuntime } from '../../runtime/engine-runtime.ts'
import { type BatchRequest, decodeRequest, encodeRequest, runItem } from './batch-request.ts'

/** An item is tried so often. */
const MAX_ATTEMPTS = 3

/** Creates batches and works on them in the background, one item a transaction. What a stopped process has left is taken up again. */
export class BatchRunner {
  private readonly runtime: EngineRuntime
  private readonly report: (error: unknown) => void
  private running = false
  private again = false

  constructor(runtime: EngineRuntime, report: (error: unknown) => void) {
    this.runtime = runtime
    this.report = report
  }

  async create(request: BatchRequest, items: readonly string[], userId: string | null): Promise<string> {
    const { database, context } = this.runtime
    const id = context.newId()
    const now = context.now()
    await database.transaction(async (tx) => {
      tx.write(
        'insert into ru_batch (batch_id, type, total_jobs, request, started_at, user_id, tenant_id, suspended) values (?, ?, ?, ?, ?, ?, null, 0)',
        [id, request.kind, items.length, encodeRequest(request), now, userId],
      )
      tx.write('insert into hi_batch (batch_id, type, total_jobs, started_at, user_id, tenant_id) values (?, ?, ?, ?, ?, null)', [
        id,
        request.kind,
        items.length,
        now,
        userId,
      ])
      for (const item of items)
        tx.write('insert into ru_batch_item (batch_id, item_id, attempts, error) values (?, ?, 0, null)', [id, item])
      tx.afterCommit(() => this.wake())
    })
    return id
  }

  /** Begins to work, if there is something to do; answers at once. */
  wake(): void {
    this.again = true
    if (this.running) return
    this.running = true
    setImmediate(() => void this.runtime.database.outside(() => this.run()))
  }

  private async run(): Promise<void> {
    try {
      while (this.again) {
        this.again = false
        await this.finish()
        const items = await this.runtime.database.query<{ readonly batch_id: string; readonly item_id: string }>(
          `select i.batch_id, i.item_id from ru_batch_item i join ru_batch b on b.batch_id = i.batch_id
           where i.attempts < ? and b.suspended = 0 order by i.batch_id, i.item_id limit 100`,
          [MAX_ATTEMPTS],
        )
        for (const item of items) await this.work(item.batch_id, item.item_id)
        if (items.length > 0) this.again = true
      }
    } catch (error) {
      this.report(error)
    } finally {
      this.running = false
    }
  }

  private async work(batchId: string, itemId: string): Promise<void> {
    const { database } = this.runtime
    const lock = database.dialect === 'mariadb' ? ' for update' : ''
    try {
      await database.transaction(async (tx) => {
        const [batch] = await tx.query<{ readonly request: string; readonly user_id: string | null }>(
          `select request, user_id from ru_batch where batch_id = ?${lock}`,
          [batchId],
        )
        const [item] = await tx.query('select item_id from ru_batch_item where batch_id = ? and item_id = ?', [batchId, itemId])
        if (!batch || !item) return
        await runItem(this.runtime, decodeRequest(batch.request), itemId, tx, batch.user_id)
        tx.write('delete from ru_batch_item where batch_id = ? and item_id = ?', [batchId, itemId])
      })
    } catch (error) {
      await database.transaction(async (tx) =>
        tx.write('update ru_batch_item set attempts = attempts + 1, error = ? where batch_id = ? and item_id = ?', [
          error instanceof Error ? error.message : String(error),
          batchId,
          itemId,
        ]),
      )
    }
  }

  /** Batches without items are done. */
  private async finish(): Promise<void> {
    const { database, context } = this.runtime
    const done = await database.query<{ readonly batch_id: string }>(
      'select batch_id from ru_batch where not exists (select 1 from ru_batch_item i where i.batch_id = ru_batch.batch_id)',
    )
    for (const { batch_id } of done)
      await database.transaction(async (tx) => {
        tx.write('update hi_batch set ended_at = ? where batch_id = ?', [context.now(), batch_id])
        tx.write('delete from ru_batch where batch_id = ?', [batch_id])
      })
  }
}
