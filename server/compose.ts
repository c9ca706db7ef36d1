import type { IncomingMessage } from 'node:http'
import { join } from 'node:path'
import type { Express } from 'express'
import type { Logger } from 'pino'
import type { Database } from '../database/database.ts'
import { makeEngineRest, type ProcessEngine } from '../engine/index.ts'
import { APPROVAL_NAMES, type Approval, makeApproval } from './approval/index.ts'
import { type Audit, makeAudit } from './audit/index.ts'
import type { Config } from './config.ts'
import { type Documents, makeDocuments } from './documents/index.ts'
import { makeEngine } from './engine.ts'
import { type Forms, type FormUser, makeForms, readShippedForms } from './forms/index.ts'
import { makeApp } from './http/app.ts'
import { type EventHub, makeEventHub } from './http/event-hub.ts'
import { eventRoutes } from './http/events.ts'
import type { Route } from './http/route.ts'
import { type Actor, type Identity, makeIdentity } from './identity/index.ts'
import { isFactType, type Ledgers, makeLedgers } from './ledgers/index.ts'
import { type Machine, makeMachine } from './machine/index.ts'
import type { NewId } from './new-id.ts'
import { makeNotifications, type Notifications, smtpMailer } from './notifications/index.ts'
import { makeOperations, type OperationsDesk } from './operations/index.ts'
import { type Clock, makeOrganisation, nationalCalendar, type Organisation, type TurnableClock } from './organisation/index.ts'
import {
  type AdminProcedures,
  makeAdminProcedures,
  makeProcedures,
  type Procedures,
  procedureRoutes,
  shippedProcedures,
} from './procedures/index.ts'
import { makeRecordPage, type RecordPages } from './record-page/index.ts'
import { makeRecords, type Records } from './records/index.ts'
import { passingClock } from './turn-clock.ts'

export interface ComposeInput {
  /** Open and migrated. */
  readonly database: Database
  /** The county's time. A clock with `turnTo` is a demonstration's, a test's or a scenario's. */
  readonly clock: Clock | TurnableClock
  /** The machine's time, for sessions and lock-outs. */
  readonly machine: Clock
  readonly newId: NewId
  readonly config: Config
  readonly log: Logger
  /** Jobs run by themselves (default). Off: only by `engine.jobs.runDue()`, for tests, scenarios and the playing of history. */
  readonly pump?: boolean
}

/** Every feature of the server by name; a feature's use cases hang below. */
export interface Features {
  readonly audit: Audit
  readonly organisation: Organisation
  readonly identity: Identity
  readonly records: Records
  readonly ledgers: Ledgers
  readonly events: EventHub
  readonly engine: ProcessEngine
  readonly forms: Forms
  readonly procedures: Procedures
  readonly approval: Approval
  readonly adminProcedures: AdminProcedures
  readonly notifications: Notifications
  readonly documents: Documents
  readonly machine: Machine
  readonly operations: OperationsDesk
  readonly recordPage: RecordPages
}

export interface Application {
  readonly app: Express
  readonly features: Features
  /** Everything below /api. */
  readonly routes: readonly Route[]
  /** Starts what runs by itself: job pump, schedulers. */
  start(): Promise<void>
  /** Stops them, and waits until what they began has ended. */
  stop(): Promise<void>
}

/** Wires the server: the same for main.ts, the tests and the scenario runner. Each feature is one line. */
export function composeApplication({ database, clock, machine, newId, config, log, pump = true }: ComposeInput): Application {
  const events = makeEventHub()
  const onFault = (error: unknown) => log.error({ err: error }, 'a scheduled piece of work failed')
  const { engine, embedded } = makeEngine({ database, clock, newId, remote: config.remoteEngine, pump, onFault })
  const demonstration =
    config.demonstration && 'turnTo' in clock ? announced(passingClock({ clock, engine, database, settle: () => settle() }), events) : null
  let workersSeenAt: number | null = null
  const onWorkerSeen = () => {
    workersSeenAt = clock.now()
  }
  const audit = makeAudit({ database, clock })
  const organisation = makeOrganisation({ database, clock, newId })
  const identity = makeIdentity({ database, machine, newId, audit, organisation, secureCookies: config.secureCookies, demonstration })
  const records = makeRecords({ database, clock, newId, organisation, dataDir: config.dataDir })

  const forms = makeForms({
    database,
    clock,
    audit,
    shipped: readShippedForms(join(import.meta.dirname, '../forms')),
    users: (countyCode) => formUsers(countyCode, procedures),
    namesOf: async (countyCode, ids) =>
      new Map([...(await organisation.people.peopleByIds(countyCode, ids))].map(([id, person]) => [id, person.name])),
  })
  const procedures: Procedures = makeProcedures({ database, engine, organisation, clock, newId })
  const ledgers = makeLedgers({
    database,
    clock,
    newId,
    organisation,
    records,
    audit,
    seatOf: (actor, of) => approval.reportSeat(actor, of),
  })
  const notifications = makeNotifications({
    database,
    clock,
    machine,
    newId,
    organisation,
    records,
    reports: ledgers.reports,
    events,
    mailer: config.smtpUrl === null ? null : smtpMailer(config.smtpUrl, config.mailFrom),
    onFault,
  })
  const criterionLabel = (countyCode: string, code: string) => forms.optionLabel(countyCode, 'criteria', code)
  const documents = makeDocuments({ database, clock, newId, organisation, records, criterionLabel })
  const approval: Approval = makeApproval({
    database,
    engine,
    organisation,
    records,
    procedures,
    forms,
    reports: ledgers.reports.steps,
    audit,
    events,
    calendar: nationalCalendar,
    clock,
    newId,
    tell: notifications.tell,
    onFault,
  })

  const features = {
    audit,
    organisation,
    identity,
    records,
    ledgers,
    events,
    engine,
    forms,
    procedures,
    approval,
    adminProcedures: makeAdminProcedures({
      database,
      engine,
      organisation,
      forms,
      audit,
      clock,
      procedures,
      known: { ...APPROVAL_NAMES, forms: forms.keys(), isFactType },
    }),
    notifications,
    documents,
    machine: makeMachine({
      database,
      engine,
      organisation,
      records,
      documents,
      notifications,
      reports: ledgers.reports,
      machine,
      onSeen: onWorkerSeen,
    }),
    operations: makeOperations({ engine, records, organisation, procedures, audit, approval, workersSeenAt: () => workersSeenAt }),
    recordPage: makeRecordPage({
      records,
      organisation,
      timeline: approval.timeline,
      diagrams: approval.diagrams,
      forms: approval.recordForms,
      criterionLabel,
      documents: documents.ofRecords,
    }),
  }
  /** What the county's clock asks for by now, in the order in which it would have happened. */
  const settle = async () => {
    await engine.jobs.runDue()
    await approval.runDeadlines()
    await notifications.remind()
  }
  // An event may come from within a transaction that is over by then.
  const maySee = (actor: Actor, number: string) =>
    database.outside(async () => (await records.store.list(actor, { numbers: [number], limit: 1 })).length > 0)
  const routes = [
    ...identity.routes,
    ...organisation.routes,
    ...records.routes,
    ...ledgers.routes,
    ...approval.routes,
    ...procedureRoutes(features.adminProcedures),
    ...notifications.routes,
    ...documents.routes,
    ...forms.routes,
    ...features.machine.routes,
    ...features.operations.routes,
    ...features.recordPage.routes,
    ...eventRoutes(events, maySee),
  ]
  /** Machine accounts only; when one of them asks for tasks, the workers are alive. */
  const callerOf = async ({ headers, url }: IncomingMessage) => {
    const account = await identity.machineAccountOf(headers.authorization)
    if (account && url?.startsWith('/external-task/fetchAndLock')) onWorkerSeen()
    return account
  }
  return {
    app: makeApp({
      config,
      identity,
      newId,
      log,
      routes,
      engineRest: embedded && makeEngineRest({ engine: embedded, callerOf, report: onFault }),
    }),
    features,
    routes,
    async start() {
      for (const county of await organisation.places.counties()) await procedures.installShipped(county.code, SYSTEM)
      if (!pump) return
      await engine.start()
      notifications.start()
      approval.startScheduler()
    },
    async stop() {
      await approval.stopScheduler()
      await notifications.stop()
      await engine.stop()
    },
  }
}

/** Who publishes what ships with the product. */
const SYSTEM = 'system'

/** Procedures in force, as far as they use forms. */
async function formUsers(countyCode: string, procedures: Procedures): Promise<FormUser[]> {
  const open = await Promise.all(
    shippedProcedures().map((file) =>
      procedures.versions.current(countyCode, file.id).then((version) => (version ? procedures.current(countyCode, file.id) : null)),
    ),
  )
  return open.flatMap((procedure) =>
    procedure
      ? [{ title: procedure.title, settings: [...procedure.model.nodes.values()].flatMap((node) => (node.setting ? [node.setting] : [])) }]
      : [],
  )
}

/** The open pages learn that the clock was turned. */
function announced(clock: TurnableClock, events: EventHub): TurnableClock {
  return {
    now: () => clock.now(),
    async turnTo(to) {
      const turned = await clock.turnTo(to)
      if (turned) events.publish('everybody', { kind: 'clock', now: clock.now() })
      return turned
    },
  }
}
