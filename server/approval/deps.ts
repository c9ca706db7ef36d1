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

/** Something that people are told by notice and mail; the same `purpose` once per person. */
export type TellPeople = (
  tx: Tx,
  telling: {
    readonly countyCode: string
    readonly personIds: readonly string[]
    readonly notice: string
    readonly title: string
    readonly words: string
    readonly recordNumber: string | null
    readonly purpose: string
  },
) => Promise<unknown>

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
  readonly tell: TellPeople
  /** Where a fault of the scheduler is written down. */
  readonly onFault: (error: unknown) => void
}

/** The parts of approval, built once and handed to its use cases. */
export interface ApprovalParts extends ApprovalDeps {
  readonly runs: RunStore
  readonly gate: FormGate
}
