import type { Connector } from '../database/connection.ts'
import type { Recording } from './recording.ts'

/**
 * The recorded SQL once more, without an engine: the same statements with the same values in the same transactions and round trips,
 * on the same kind of connection and on tables as empty as before. Transactions of the commit lane follow each other as they did;
 * reads run beside them, as many at once as there were clients. Answers how long it took, in seconds.
 */
export async function replay(connector: Connector, { transactions, reads }: Recording, clients: number): Promise<number> {
  const begun = performance.now()
  let next = 0
  const reader = async () => {
    for (;;) {
      const statement = reads[next++]
      if (!statement) return
      await connector.read(statement)
    }
  }
  const writer = async () => {
    for (const roundTrips of transactions) {
      const connection = await connector.acquire()
      for (const statements of roundTrips) await connection.send(statements)
      await connection.release(false)
    }
  }
  await Promise.all([writer(), ...Array.from({ length: clients }, reader)])
  return (performance.now() - begun) / 1000
}
