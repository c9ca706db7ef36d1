import type { SqlValue } from './database.ts'

export interface Statement {
  readonly sql: string
  readonly params: readonly SqlValue[]
}

/** One connection that a transaction holds from its beginning to its end: what the two dialects differ in. */
export interface Connection {
  /** Sends the statements in order, in as few round trips as the dialect allows, and answers the rows of the last one. */
  send(statements: readonly Statement[]): Promise<unknown[]>
  /** Gives the connection back; with `broken` it is never used again. */
  release(broken: boolean): Promise<void>
}

/** How a dialect gets its connections. */
export interface Connector {
  readonly dialect: 'sqlite' | 'mariadb'
  readonly begin: string
  acquire(): Promise<Connection>
  read(statement: Statement): Promise<unknown[]>
  /** Is it worth running the transaction again after this error? */
  isRetriable(error: unknown): boolean
  close(): Promise<void>
}

/** The driver's own error inside TypeORM's wrapping. */
export function driverError(error: unknown): { code?: unknown; errno?: unknown; message?: unknown } {
  if (error === null || typeof error !== 'object') return {}
  const inner = (error as { driverError?: unknown }).driverError
  return (inner !== null && typeof inner === 'object' ? inner : error) as { code?: unknown; errno?: unknown }
}
