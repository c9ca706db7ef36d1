import type { SqlValue } from '../../database/database.ts'

interface Condition {
  readonly text: string
  readonly params: readonly SqlValue[]
}

/**
 * How far a caller's messages, signals and fetching of external tasks go: conditions on the columns tenant_id, definition_key and
 * instance_id of what waits; null: everywhere. What lies beyond is not found.
 */
export interface Reach {
  readonly running: Condition | null
  /** On start events. */
  readonly starts: Condition | null
}
