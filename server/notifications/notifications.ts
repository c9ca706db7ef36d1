import { notificationList, readNotifications } from '../../contracts/api/notifications.ts'
import type { Database, Tx } from '../../database/database.ts'
import type { EventHub } from '../http/event-hub.ts'
import { type Route, route } from '../http/route.ts'
import type { Reports } from '../ledgers/index.ts'
import type { NewId } from '../new-id.ts'
import type { Clock, Organisation } from '../organisation/index.ts'
import type { Records } from '../records/index.ts'
import { makeMailOutbox } from './mail-outbox.ts'
import type { Mailer } from './mailer.ts'
import { type OpenSeat, readOpenSeats } from './open-seats.ts'
import { makeRemind } from './remind.ts'
import { makeTell, type Telling } from './tell.ts'

export interface NotificationsDeps {
  readonly database: Database
  /** The county's clock: reminders. */
  readonly clock: Clock
  /** The machine's clock: mail. */
  readonly machine: Clock
  readonly newId: NewId
  readonly organisation: Organisation
  readonly records: Records
  readonly reports: Reports
  readonly events: EventHub
  /** Null: mail is off. */
  readonly mailer: Mailer | null
  readonly openSeats?: () => Promise<readonly OpenSeat[]>
  /** Where a fault of the scheduler is written down. */
  readonly onFault: (error: unknown) => void
}

/** Notices to people on the site and by mail, and the reminders that the scheduler sends. */
export interface Notifications {
  tell(tx: Tx, telling: Telling): Promise<number>
  /** Sends due reminders by the county's clock; the scheduler, scenarios and a turned clock call it. */
  remind(): Promise<number>
  deliverMail(): Promise<number>
  of(
    countyCode: string,
    personId: string,
  ): Promise<readonly { notice: string; title: string; words: string; recordNumber: string | null; at: number }[]>
  /** Reminders and mail by themselves, every `everyMs` (30,000). */
  start(everyMs?: number): void
  stop(): Promise<void>
  readonly routes: readonly Route[]
}

interface NotificationRow {
  notification_id: string
  notice: string
  title: string
  words: string
  record_number: string | null
  created_at: number
  read_at: number | null
}

export function makeNotifications(deps: NotificationsDeps): Notifications {
  const { database, clock } = deps
  const outbox = makeMailOutbox(deps)
  const tell = makeTell({ ...deps, outbox, mailIsOn: deps.mailer !== null })
  const remind = makeRemind({ ...deps, tell, openSeats: deps.openSeats ?? (() => readOpenSeats(database)) })
  let timer: NodeJS.Timeout | null = null
  let running: Promise<void> = Promise.resolve()

  const round = async () => {
    try {
      await remind()
      await outbox.deliver()
    } catch (error) {
      deps.onFault(error)
    }
  }

  const read = (countyCode: string, personId: string) =>
    database.query<NotificationRow>(
      `select notification_id, notice, title, words, record_number, created_at, read_at
      from notification where person_id = ? and county_code = ? order by created_at desc, notification_id desc limit 100`,
      [personId, countyCode],
    )

  return {
    tell,
    remind,
    deliverMail: () => outbox.deliver(),

    async of(countyCode, personId) {
      return (await read(countyCode, personId)).map((row) => ({
        notice: row.notice,
        title: row.title,
        words: row.words,
        recordNumber: row.record_number,
        at: Number(row.created_at),
      }))
    },

    start(everyMs = 30_000) {
      if (timer) return
      const next = () => {
        running = round().then(() => {
          if (timer) timer = setTimeout(next, everyMs)
        })
      }
      timer = setTimeout(next, 1_000)
    },

    async stop() {
      if (timer) clearTimeout(timer)
      timer = null
      await running
      deps.mailer?.close()
    },

    routes: [
      route({
        method: 'get',
        path: '/notifications',
        summary: 'My notices',
        access: 'session',
        answer: notificationList,
        handle: async ({ actor }) => {
          const rows = await read(actor.countyCode, actor.personId)
          return {
            notifications: rows.map((row) => ({
              id: row.notification_id,
              notice: row.notice,
              title: row.title,
              words: row.words,
              recordNumber: row.record_number,
              at: Number(row.created_at),
              read: row.read_at !== null,
            })),
            unread: rows.filter((row) => row.read_at === null).length,
          }
        },
      }),
      route({
        method: 'post',
        path: '/notifications/read',
        summary: 'Mark notices as read',
        access: 'session',
        body: readNotifications,
        handle: async ({ actor, body }) => {
          const ids = body.ids.length === 0 ? '' : `and notification_id in (${body.ids.map(() => '?').join(', ')})`
          await database.query(`update notification set read_at = ? where person_id = ? and county_code = ? and read_at is null ${ids}`, [
            clock.now(),
            actor.personId,
            actor.countyCode,
            ...body.ids,
          ])
        },
      }),
    ],
  }
}
