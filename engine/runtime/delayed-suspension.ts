import type { Tx } from '../../database/database.ts'
import type { UnitOfWork } from './unit-of-work.ts'

/** Which definitions or job definitions are suspended or activated. */
export interface Suspension {
  readonly of: 'process-definition' | 'job-definition'
  readonly ids: readonly string[]
  /** Instead of ids: all that the process has by then. `tenantId` absent: of every tenant. */
  readonly process?: { readonly key: string; readonly tenantId?: string | null }
  readonly suspended: boolean
  /** What runs already, instances or jobs, as well. */
  readonly includesRunning: boolean
}

const TABLES = {
  'process-definition': { table: 're_definition', id: 'definition_id', handler: 'processdefinition' },
  'job-definition': { table: 'ru_job_definition', id: 'job_definition_id', handler: 'job-definition' },
} as const

/** A job that carries it out at that time; it belongs to no instance. */
export function scheduleSuspension(unit: UnitOfWork, suspension: Suspension, due: number): void {
  const { newId, settings } = unit.context
  unit.tx.write(
    `insert into ru_job (job_id, handler, due_at, retries, exclusive, priority, suspended, created_at, configuration)
     values (?, ?, ?, ?, ?, ?, ?, ?, ?)`,
    [
      newId(),
      `${suspension.suspended ? 'suspend' : 'activate'}-${TABLES[suspension.of].handler}`,
      due,
      settings.defaultRetries,
      1,
      0,
      0,
      unit.now,
      JSON.stringify(suspension),
    ],
  )
}

export async function fireSuspension(
  unit: UnitOfWork,
  { job_id, configuration }: { readonly job_id: string; readonly configuration: string },
  carryOut: (suspension: Suspension, tx: Tx) => Promise<void>,
): Promise<void> {
  const suspension = JSON.parse(configuration) as Suspension
  unit.tx.write('delete from ru_job where job_id = ?', [job_id])
  await carryOut({ ...suspension, ids: await idsOf(unit, suspension) }, unit.tx)
}

async function idsOf(unit: UnitOfWork, { of, ids, process }: Suspension): Promise<readonly string[]> {
  if (!process) return ids
  const { table, id } = TABLES[of]
  const { key, tenantId } = process
  const tenant = tenantId === undefined ? '' : tenantId === null ? ' and tenant_id is null' : ' and tenant_id = ?'
  const rows = await unit.query<{ readonly id: string }>(`select ${id} as id from ${table} where definition_key = ?${tenant}`, [
    key,
    ...(tenantId === undefined || tenantId === null ? [] : [tenantId]),
  ])
  return rows.map((row) => row.id)
}
