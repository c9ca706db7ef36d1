import type { Database, Tx } from '../../database/database.ts'
import type { EventHub } from '../http/event-hub.ts'
import type { NewId } from '../new-id.ts'
import type { Clock, Organisation } from '../organisation/index.ts'
import type { MailOutbox } from './mail-outbox.ts'

/** Something that people are told. The same `purpose` is told to the same person once. */
export interface Telling {
  readonly countyCode: string
  readonly personIds: readonly string[]
  readonly notice: string
  readonly title: string
  readonly words: string
  readonly recordNumber: string | null
  readonly purpose: string
}

export type Tell = (tx: Tx, telling: Telling) => Promise<number>

/** Puts it into people's 通知 and, where mail is on, into the outbox; open pages hear of it after the commit. Answers how many were told. */
export function makeTell(deps: {
  database: Database
  clock: Clock
  newId: NewId
  organisation: Organisation
  events: EventHub
  outbox: MailOutbox
  mailIsOn: boolean
}): Tell {
  const { clock, newId, organisation, events, outbox, mailIsOn } = deps
  return async (tx, telling) => {
    const told: string[] = []
    for (const personId of new Set(telling.personIds)) {
      const known = await tx.query('select notification_id from notification where person_id = ? and purpose = ?', [
        personId,
        telling.purpose,
      ])
      if (known.length > 0) continue
      await tx.query(
        `insert into notification (notification_id, county_code, person_id, notice, title, words, record_number, purpose, created_at)
        values (?, ?, ?, ?, ?, ?, ?, ?, ?)`,
        [
          newId(),
          telling.countyCode,
          personId,
          telling.notice,
          telling.title,
          telling.words,
          telling.recordNumber,
          telling.purpose,
          clock.now(),
        ],
      )
      told.push(personId)
    }
    if (mailIsOn && told.length > 0) {
      const people = await organisation.people.peopleByIds(telling.countyCode, told)
      for (const person of people.values()) {
        if (person.email)
          await outbox.put(tx, {
            to: person.email,
            subject: `【闭环】${telling.title}`,
            text: `${person.name}，您好：\n\n${telling.words}\n`,
          })
      }
    }
    if (told.length > 0) tx.afterCommit(() => events.publish(told, { kind: 'inbox' }))
    return told.length
  }
}
