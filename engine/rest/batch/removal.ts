import type { Tx } from '../../../database/database.ts'

/** When history is to go: at an instant, never, or as the definition's time to live says. */
export type Removal = { readonly mode: 'at'; readonly at: number } | { readonly mode: 'cleared' } | { readonly mode: 'calculated' }

interface Request {
  readonly removal: Removal
  /** All that the thing is a part of. */
  readonly hierarchical: boolean
}

const DAY_MS = 86_400_000

/** `from`: when the time to live began; null: it has not yet. */
function timeOf(removal: Removal, from: number | null, days: number | null): number | null {
  if (removal.mode === 'at') return removal.at
  return removal.mode === 'cleared' || from === null || days === null ? null : Number(from) + Number(days) * DAY_MS
}

export async function setRemovalOfInstance(tx: Tx, id: string, { removal, hierarchical }: Request): Promise<void> {
  const [row] = await tx.query<{ readonly root_id: string; readonly ended_at: number | null; readonly history_ttl: number | null }>(
    `select h.root_id, h.ended_at, d.history_ttl from hi_instance h left join re_definition d on d.definition_id = h.definition_id
     where h.instance_id = ?`,
    [id],
  )
  if (!row) return
  const at = timeOf(removal, row.ended_at, row.history_ttl)
  // The root's row says it for the whole family.
  tx.write('update hi_instance set removal_at = ? where instance_id = ?', [at, hierarchical ? row.root_id : id])
}

export async function setRemovalOfDecision(tx: Tx, id: string, { removal, hierarchical }: Request): Promise<void> {
  const [row] = await tx.query<{ readonly root_id: string | null; readonly at: number; readonly history_ttl: number | null }>(
    `select h.root_decision_instance_id as root_id, h.at, d.history_ttl from hi_decision h left join re_decision d on d.decision_id = h.decision_id
     where h.decision_instance_id = ?`,
    [id],
  )
  if (!row) return
  const at = timeOf(removal, row.at, row.history_ttl)
  const root = row.root_id ?? id
  if (hierarchical)
    tx.write('update hi_decision set removal_at = ? where decision_instance_id = ? or root_decision_instance_id = ?', [at, root, root])
  else tx.write('update hi_decision set removal_at = ? where decision_instance_id = ?', [at, id])
}
