/**
 * The one door to the database, for the engine's store and for the platform alike: SQLite (libsql, WAL, synchronous=FULL) or
 * MySQL 8 / MariaDB >= 10.6, chosen by URL.
 */
export interface Database {
  readonly dialect: 'sqlite' | 'mariadb'
  /**
   * Runs `work` in one transaction; nested calls join the one that is open. `work` is re-runnable: it has no effect outside
   * the database before it returns, because it is run again (at most five times) after a deadlock, a lock wait or a busy file.
   * On SQLite complete works run strictly one after another; on MariaDB each has a connection of its own (READ COMMITTED).
   */
  transaction<T>(work: (tx: Tx) => Promise<T>): Promise<T>
  /** Reads outside a transaction. */
  query<Row = Record<string, unknown>>(sql: string, params?: readonly SqlValue[]): Promise<Row[]>
  close(): Promise<void>
}

export interface Tx {
  /** A statement with `?` placeholders. Rows of a select; an empty array for the rest. Integers come back as numbers. */
  query<Row = Record<string, unknown>>(sql: string, params?: readonly SqlValue[]): Promise<Row[]>
  /** Runs once after this transaction has committed (server-sent events, waking the job pump, long polls). */
  afterCommit(effect: () => void): void
}

export type SqlValue = string | number | bigint | boolean | null | Uint8Array
