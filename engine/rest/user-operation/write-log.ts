import type { SqlValue } from '../../../database/database.ts'
import { type Answer, type Body, type Call, textOf } from '../http/call.ts'
import type { Logged, Row } from './logged.ts'
import { type Place, placeAt, placeOf } from './place.ts'

/** What must be read before the operation runs. */
export interface Prepared {
  readonly place: Place
  readonly before: Row
}

export const prepareLog = async (call: Call, logged: Logged): Promise<Prepared> => ({
  place: await placeOf(call, logged),
  before: await rowOf(call, logged),
})

async function rowOf(call: Call, { before }: Logged): Promise<Row> {
  if (!before) return {}
  const [table, key, named, columns] = before
  const id = typeof named === 'string' ? call.params[named] : named(call)
  const [row] = await call.run.query<Row>(`select ${columns.join(', ')} from ${table} where ${key} = ?`, [id ?? ''])
  return row ?? {}
}

/**
 * Writes what a signed-in caller did, one entry for each property, after it is done. In a transaction of its own: commands share
 * theirs with others in the commit lane.
 */
export async function writeLog(call: Call, logged: Logged, { place, before }: Prepared, answered: Answer): Promise<void> {
  const { runtime } = call
  const operationId = runtime.context.newId()
  const at = runtime.context.now()
  const body = bodyIn(call.body)
  const answer = answered.kind === 'json' ? bodyIn(answered.json) : {}
  const where = logged.made ? await placeAt(call, logged.made(answer)) : place
  const properties = await logged.properties({ call, body, before, answer, after: () => rowOf(call, logged) })
  await runtime.database.transaction(async (tx) => {
    for (const { name, to, from, entity } of properties) {
      const row: Readonly<Record<string, SqlValue>> = {
        ...where,
        entry_id: runtime.context.newId(),
        operation_id: operationId,
        at,
        user_id: call.caller.id,
        operation_type: typeof logged.type === 'string' ? logged.type : logged.type(call),
        entity_type: entity ?? logged.entity,
        category: logged.category,
        property: name,
        org_value: textOfValue(from),
        new_value: textOfValue(to),
        // An incident's own annotation is none of the entry.
        annotation: logged.entity === 'Incident' ? null : textOf(body, 'annotation'),
      }
      tx.write(
        `insert into hi_user_operation (${Object.keys(row).join(', ')}) values (${Object.keys(row)
          .map(() => '?')
          .join(', ')})`,
        Object.values(row),
      )
    }
  })
}

const bodyIn = (json: unknown): Body => (typeof json === 'object' && json !== null && !Array.isArray(json) ? (json as Body) : {})

const textOfValue = (value: unknown): string | null =>
  value === null || value === undefined ? null : typeof value === 'object' ? JSON.stringify(value) : String(value)
