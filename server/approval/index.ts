import type { Diagram } from '../../contracts/api/inbox.ts'
import { Refusal } from '../http/problem.ts'
import type { Route } from '../http/route.ts'
import type { Actor } from '../identity/actor.ts'
import type { RecordRow } from '../records/index.ts'
import { makeRunDeadlines, type RunDeadlines } from './deadlines.ts'
import { type DecideSeat, makeDecideSeat } from './decide-seat.ts'
import type { ApprovalDeps, ApprovalParts } from './deps.ts'
import { diagramOf } from './diagram.ts'
import { type Drafts, makeDrafts } from './drafts.ts'
import { EFFECTS } from './effects/index.ts'
import { makeEngineListener } from './engine-events.ts'
import { makeFormGate } from './form-gate.ts'
import { GUARDS } from './guards.ts'
import { type HeldSeat, makeHeldSeats } from './held-seats.ts'
import { type Inbox, makeInbox } from './inbox.ts'
import { makeRecordForms, type ReadRecordForms } from './record-forms.ts'
import { makeReturnSeat, type ReturnSeat } from './return-seat.ts'
import { approvalRoutes } from './routes.ts'
import type { Run, Seat } from './run.ts'
import { makeRunStore } from './run-store.ts'
import { makeScheduler } from './scheduler.ts'
import { makeStartPages, type StartPages } from './start-page.ts'
import { makeStartProcedure, type StartProcedure } from './start-procedure.ts'
import { makeTaskPage, type ReadTaskPage } from './task-page.ts'
import { makeTimeline, type Timeline } from './timeline.ts'

/** Approval: the engine holds the token, this feature holds the votes (architecture.md D4). */
export interface Approval {
  readonly start: StartProcedure
  readonly decide: DecideSeat
  readonly return: ReturnSeat
  readonly inbox: Inbox
  readonly taskPage: ReadTaskPage
  readonly startPages: StartPages
  readonly drafts: Drafts
  readonly timeline: Timeline
  readonly recordForms: ReadRecordForms
  /** Models of the instances that run or ran for a record, the newest first. */
  diagrams(record: RecordRow): Promise<readonly Diagram[]>
  /** Runs of a record with their seats, oldest first. */
  runsOf(record: RecordRow): Promise<readonly { run: Run; seats: readonly Seat[] }[]>
  /** Hands on what is late and looks again for somebody where nobody could sit; answers how many seats moved. */
  readonly runDeadlines: RunDeadlines
  /** Seats of the county that nobody may fill, the longest waiting first. */
  heldSeats(countyCode: string): Promise<readonly HeldSeat[]>
  /** Calls `runDeadlines` by itself, every half minute. */
  startScheduler(everyMs?: number): void
  stopScheduler(): Promise<void>
  /** This person's open seat on a unit's report of a period. */
  reportSeat(actor: Actor, of: { reportId: string; unitId: string; period: string }): Promise<string | null>
  /** PNG bytes; `not-found` for whoever may not see the record. */
  signatureImage(actor: Actor, signatureId: string): Promise<Buffer>
  readonly routes: readonly Route[]
}

/** Builds approval and makes it listen to the engine. */
export function makeApproval(deps: ApprovalDeps): Approval {
  const parts: ApprovalParts = { ...deps, runs: makeRunStore(deps), gate: makeFormGate(deps) }
  const { runs, engine, records, database } = parts
  engine.onEvent(makeEngineListener(parts))
  const drafts = makeDrafts(parts)
  const timeline = makeTimeline(parts)
  const inbox = makeInbox(parts)
  const readForms = makeRecordForms(parts)
  const runDeadlines = makeRunDeadlines(parts)
  const approval = {
    start: makeStartProcedure(parts),
    decide: makeDecideSeat(parts),
    return: makeReturnSeat(parts),
    inbox,
    taskPage: makeTaskPage(parts, { timeline, drafts, readForms }),
    startPages: makeStartPages(parts, drafts),
    drafts,
    timeline,
    recordForms: readForms,
    runDeadlines,
    heldSeats: makeHeldSeats(parts),

    async diagrams(record: RecordRow) {
      const all = await runs.ofRecords([record.id])
      const instances = new Map(all.map((run) => [run.instanceId, run.definitionId]))
      return Promise.all([...instances].reverse().map(([instanceId, definitionId]) => diagramOf(parts, instanceId, definitionId)))
    },

    async runsOf(record: RecordRow) {
      const all = await runs.ofRecords([record.id])
      const seats = await runs.seatsOf(all.map((run) => run.id))
      return all.map((run) => ({ run, seats: seats.filter((seat) => seat.runId === run.id) }))
    },

    ...makeScheduler(runDeadlines, deps.onFault),

    async reportSeat(actor: Actor, of: { reportId: string; unitId: string; period: string }) {
      for (const { run, seat } of await inbox.open(actor)) {
        const record = await records.store.byId(run.recordId)
        if (
          record?.kind === 'report' &&
          record.data['reportId'] === of.reportId &&
          record.data['unitId'] === of.unitId &&
          record.data['period'] === of.period
        )
          return seat.id
      }
      return null
    },

    async signatureImage(actor: Actor, signatureId: string) {
      const [row] = await database.query<{ image: string; record_id: string; person_id: string }>(
        'select image, record_id, person_id from approval_signature where signature_id = ? and county_code = ? limit 1',
        [signatureId, actor.countyCode],
      )
      if (!row || (row.person_id !== actor.personId && !(await records.store.maySee(actor, row.record_id)))) throw new Refusal('not-found')
      return Buffer.from(row.image.slice(row.image.indexOf(',') + 1), 'base64')
    },
  }
  return { ...approval, routes: approvalRoutes(approval) }
}

/** What a model may name: effects and guards of this server. */
export const APPROVAL_NAMES = { effects: Object.keys(EFFECTS), guards: Object.keys(GUARDS) }

export type { ApprovalDeps } from './deps.ts'
export type { Inbox } from './inbox.ts'
export type { Run, Seat } from './run.ts'
