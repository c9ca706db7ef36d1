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
   * Nothing is sent before `after` has come: until then the work can do what needs no database.
   */
  transaction<T>(work: (tx: Tx) => Promise<T>, after?: Promise<unknown>): Promise<T>
  /** The transaction that this call is inside of, if any. */
  current(): Tx | null
  /** Runs `work` as if no transaction were open around it: for loops that were woken from inside of one. */
  outside<T>(work: () => T): T
  /** Reads outside a transaction; inside of one it joins it. */
  query<Row = Record<string, unknown>>(sql: string, params?: readonly SqlValue[]): Promise<Row[]>
  close(): Promise<void>
}

export interface Tx {
  /** A statement with `?` placeholders. Rows of a select; an empty array for the rest. Integers come back as numbers. */
  query<Row = Record<string, unknown>>(sql: string, params?: readonly SqlValue[]): Promise<Row[]>
  /**
   * A statement whose result nobody waits for. It is sent with the next query or with the commit, so that a transaction needs few
   * round trips; its failure fails the whole transaction.
   */
  write(sql: string, params?: readonly SqlValue[]): void
  /** Runs once after this transaction has committed (server-sent events, waking the job pump, long polls). */
  afterCommit(effect: () => void): void
}

/**
 * Thrown inside a transaction to roll it back and run it again, at most five times in all. `first` runs at the beginning of the
 * next attempt: the engine takes locks there that it could not take in order the first time.
 */
export class RunAgain extends Error {
  readonly first: (tx: Tx) => Promise<void>
  constructor(reason: string, first: (tx: Tx) => Promise<void>) {
    super(reason)
    this.name = 'RunAgain'
    this.first = first
  }
}

export type SqlValue = string | number | bigint | boolean | null | Uint8Array
