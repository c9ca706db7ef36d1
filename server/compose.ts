import type { Express } from 'express'
import type { Logger } from 'pino'
import type { Database } from '../database/database.ts'
import { type Audit, makeAudit } from './audit/index.ts'
import type { Config } from './config.ts'
import { makeApp } from './http/app.ts'
import { type EventHub, makeEventHub } from './http/event-hub.ts'
import { eventRoutes } from './http/events.ts'
import { type Identity, makeIdentity } from './identity/index.ts'
import { type Ledgers, makeLedgers } from './ledgers/index.ts'
import type { NewId } from './new-id.ts'
import { type Clock, makeOrganisation, type Organisation, type TurnableClock } from './organisation/index.ts'
import { makeRecords, type Records } from './records/index.ts'

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
}

export interface Application {
  readonly app: Express
  readonly features: Features
  /** Starts what runs by itself: job pump, schedulers. */
  start(): Promise<void>
  /** Stops them, and waits until what they began has ended. */
  stop(): Promise<void>
}

/** Wires the server: the same for main.ts, the tests and the scenario runner. Each feature is one line. */
export function composeApplication({ database, clock, machine, newId, config, log }: ComposeInput): Application {
  const events = makeEventHub()
  const demonstration = config.demonstration && 'turnTo' in clock ? announced(clock, events) : null
  const audit = makeAudit({ database, clock })
  const organisation = makeOrganisation({ database, clock, newId })
  const identity = makeIdentity({ database, machine, newId, audit, organisation, secureCookies: config.secureCookies, demonstration })
  const records = makeRecords({ database, clock, newId, organisation, dataDir: config.dataDir })

  const ledgers = makeLedgers({ database, clock, newId, organisation, records, audit })

  const features = { audit, organisation, identity, records, ledgers, events }
  const routes = [...identity.routes, ...organisation.routes, ...records.routes, ...ledgers.routes, ...eventRoutes(events)]
  return {
    app: makeApp({ config, identity, newId, log, routes, engineRest: null, onWorkerCall: () => undefined }),
    features,
    start: async () => undefined,
    stop: async () => undefined,
  }
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
