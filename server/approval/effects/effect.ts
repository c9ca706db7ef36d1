import type { RelatedTarget } from '../../../contracts/bpmn-extension.ts'
import type { Tx } from '../../../database/database.ts'
import type { ProcessEngine, Value, Variables } from '../../../engine/process-engine.ts'
import type { Actor } from '../../identity/actor.ts'
import type { ReportSteps } from '../../ledgers/index.ts'
import type { Organisation } from '../../organisation/index.ts'
import type { RecordRow, Records } from '../../records/index.ts'
import type { Values } from '../form-gate.ts'
import type { RecordChanges } from '../record-changes.ts'

/** What an effect may use of the server. */
export interface EffectDeps {
  readonly engine: ProcessEngine
  readonly organisation: Organisation
  readonly records: Records
  readonly reports: ReportSteps
}

/** The moment of an effect: a run was decided with `outcome`, its record changes are not written yet. */
export interface EffectScope {
  readonly tx: Tx
  readonly actor: Actor
  readonly countyCode: string
  readonly instanceId: string
  readonly rootInstanceId: string
  readonly nodeId: string
  readonly outcome: string
  readonly form: Values
  /** Forms of all seats of this run, the deciding one last. */
  readonly forms: readonly Values[]
  readonly opinion: string
  readonly now: number
  readonly record: RecordRow
  readonly changes: RecordChanges
  /** Hazards of the check that are not void. */
  readonly hazardIds: () => readonly string[]
  readonly listingIds: () => readonly string[]
  readonly dualReportIds: () => readonly string[]
  /** A record that came into being: later declarations of this decision see it. */
  readonly addRelated: (kind: RelatedTarget, row: RecordRow) => void
  readonly variables: Variables
}

/** A step of the server that a node names. Answers variables for the engine. Refuses by throwing. */
export type Effect = (scope: EffectScope, deps: EffectDeps) => Promise<Readonly<Record<string, Value>>>
