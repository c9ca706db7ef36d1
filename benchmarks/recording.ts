import type { Connection, Connector, Statement } from '../database/connection.ts'

/** What went to the database: the round trips of each transaction, and the reads outside of them. */
export interface Recording {
  readonly transactions: (readonly Statement[])[][]
  readonly reads: Statement[]
}

/** A connector that remembers everything that is sent while `recording` is set. */
export function recordingConnector(inner: Connector): Connector & { recording: Recording | null } {
  const connector = {
    ...inner,
    recording: null as Recording | null,
    async acquire(): Promise<Connection> {
      const connection = await inner.acquire()
      const sent: (readonly Statement[])[] = []
      connector.recording?.transactions.push(sent)
      return {
        send(statements) {
          sent.push(statements)
          return connection.send(statements)
        },
        release: (broken) => connection.release(broken),
      }
    },
    read(statement: Statement) {
      connector.recording?.reads.push(statement)
      return inner.read(statement)
    },
  }
  return connector
}
