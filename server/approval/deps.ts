import type { Database, Tx } from '../../database/database.ts'
import type { ProcessEngine } from '../../engine/process-engine.ts'
import type { Audit } from '../audit/index.ts'
import type { Forms } from '../forms/index.ts'
import type { EventHub } from '../http/event-hub.ts'
import type { ReportSteps } from '../ledgers/index.ts'
import type { NewId } from '../new-id.ts'
import type { Clock, Organisation, WorkCalendar } from '../organisation/index.ts'
import type { Procedures } from '../procedures/index.ts'
import type { Records } from '../records/index.ts'
import type { FormGate } from './form-gate.ts'
import type { RunStore } from './run-store.ts'

/** Somebody has something to do, or learns of something: told within the transaction, sent after it. */
export interface SeatNotice {
  readonly kind: 'seat-opened' | 'seat-transferred' | 'seat-held'
  readonly countyCode: string
  readonly personIds: readonly string[]
  readonly seatId: string
  readonly recordNumber: string
  readonly title: string
  readonly nodeName: string
  readonly dueAt: number | null
}

export interface ApprovalDeps {
  readonly database: Database
  readonly engine: ProcessEngine
  readonly organisation: Organisation
  readonly records: Records
  readonly procedures: Procedures
  readonly forms: Forms
  readonly reports: ReportSteps
  readonly audit: Audit
  readonly events: EventHub
  readonly calendar: WorkCalendar
  readonly clock: Clock
  readonly newId: NewId
  readonly notify: (tx: Tx, notice: SeatNotice) => Promise<void>
}

/** The parts of approval, built once and handed to its use cases. */
export interface ApprovalParts extends ApprovalDeps {
  readonly runs: RunStore
  readonly gate: FormGate
}
