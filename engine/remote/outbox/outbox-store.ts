import type { Database, Tx } from '../../../database/database.ts'
import { fromArgsText, toArgsText } from '../json-args.ts'
import type { CallPlace } from './place-of-call.ts'

/** A call that goes out after the commit of the transaction that made it. */
export interface OutboxEntry {
  /** Also the key by which the other server is asked whether it has this call already. */
  readonly id: string
  readonly call: string
  readonly args: readonly unknown[]
  /** Our id of the instance that it concerns, where that matters to who reads before it is sent. */
  readonly instanceId: string | null
  /** Known of a call that failed, where the other server could tell. */
  readonly activityId: string | null
  readonly tenantId: string | null
  /** How often it was sent without an answer that was understood. */
  readonly attempts: number
  readonly error: string | null
  readonly failedAt: number | null
}

export interface OutboxStore {
  add(tx: Tx, entry: Pick<OutboxEntry, 'id' | 'call' | 'args' | 'instanceId' | 'tenantId'>, at: number): Promise<void>
  /** The oldest that wait, in their order. */
  waiting(limit: number): Promise<readonly OutboxEntry[]>
  /** What waits for one instance, in its order. */
  waitingFor(instanceId: string): Promise<readonly OutboxEntry[]>
  /** Committed before the call is made: a crash in between must not look like a call that was never made. */
  attempted(id: string): Promise<void>
  done(tx: Tx, id: string): Promise<void>
  /** Sets it aside. `place` adds what was not known when it was made. */
  fail(id: string, error: string, at: number, place: CallPlace): Promise<void>
  failed(): Promise<readonly OutboxEntry[]>
  /** A failed one waits again. Answers false when there is none of this id. */
  again(id: string): Promise<boolean>
  /** Forgets a failed one. Answers false when there is none of this id. */
  giveUp(id: string): Promise<boolean>
}

interface Row {
  outbox_id: string
  call_name: string
  args: string
  instance_id: string | null
  activity_id: string | null
  tenant_id: string | null
  attempts: number
  error: string | null
  failed_at: number | null
}

const COLUMNS = 'outbox_id, call_name, args, instance_id, activity_id, tenant_id, attempts, error, failed_at'

const toEntry = (row: Row): OutboxEntry => ({
  id: row.outbox_id,
  call: row.call_name,
  args: fromArgsText(row.args),
  instanceId: row.instance_id,
  activityId: row.activity_id,
  tenantId: row.tenant_id,
  attempts: row.attempts,
  error: row.error,
  failedAt: row.failed_at,
})

export function makeOutboxStore(database: Database): OutboxStore {
  const write = async (sql: string, params: readonly (string | number | null)[]): Promise<void> => {
    await database.transaction((tx) => tx.query(sql, params))
  }
  const select = async (where: string, params: readonly (string | number)[] = []) =>
    (await database.query<Row>(`select ${COLUMNS} from engine_outbox where ${where}`, params)).map(toEntry)

  return {
    add: async (tx, { id, call, args, instanceId, tenantId }, at) => {
      await tx.query(
        'insert into engine_outbox (outbox_id, call_name, args, instance_id, tenant_id, attempts, error, failed_at, created_at) values (?, ?, ?, ?, ?, 0, null, null, ?)',
        [id, call, toArgsText(args), instanceId, tenantId, at],
      )
    },
    waiting: (limit) => select(`failed_at is null order by outbox_id limit ${limit}`),
    waitingFor: (instanceId) => select('instance_id = ? and failed_at is null order by outbox_id', [instanceId]),
    attempted: (id) => write('update engine_outbox set attempts = attempts + 1 where outbox_id = ?', [id]),
    done: async (tx, id) => {
      await tx.query('delete from engine_outbox where outbox_id = ?', [id])
    },
    fail: (id, error, at, { instanceId, activityId, tenantId }) =>
      write(
        'update engine_outbox set error = ?, failed_at = ?, instance_id = coalesce(instance_id, ?), activity_id = ?, tenant_id = coalesce(tenant_id, ?) where outbox_id = ?',
        [error, at, instanceId, activityId, tenantId, id],
      ),
    failed: () => select('failed_at is not null order by outbox_id'),
    again: async (id) => {
      const [row] = await select('outbox_id = ? and failed_at is not null', [id])
      if (row) await write('update engine_outbox set error = null, failed_at = null where outbox_id = ?', [id])
      return row !== undefined
    },
    giveUp: async (id) => {
      const [row] = await select('outbox_id = ? and failed_at is not null', [id])
      if (row) await write('delete from engine_outbox where outbox_id = ? and failed_at is not null', [id])
      return row !== undefined
    },
  }
}
