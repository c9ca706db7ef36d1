import type { Database, Tx } from '../../database/database.ts'
import type { NewId } from '../new-id.ts'
import type { Clock } from '../organisation/index.ts'
import type { Mail, Mailer } from './mailer.ts'

/** Waits after the first, second … failure; after the last the mail is given up and stays in the table. */
const RETRY_MS = [60_000, 5 * 60_000, 15 * 60_000, 3_600_000, 4 * 3_600_000, 12 * 3_600_000]
const CLAIM_MS = 2 * 60_000
const BATCH = 20

/** Mail leaves by a table: written in the transaction of what it tells of, sent afterwards, tried again when the server refuses. */
export interface MailOutbox {
  put(tx: Tx, mail: Mail): Promise<void>
  /** Sends what is due. Answers how many left. Two nodes never send the same mail at once. */
  deliver(): Promise<number>
}

export function makeMailOutbox({
  database,
  machine,
  newId,
  mailer,
}: {
  database: Database
  machine: Clock
  newId: NewId
  mailer: Mailer | null
}): MailOutbox {
  interface Claimed {
    mail_id: string
    recipient: string
    subject: string
    words: string
    attempts: number
  }

  async function claim(): Promise<readonly Claimed[]> {
    const token = newId()
    const now = machine.now()
    await database.transaction(async (tx) => {
      const due = await tx.query<{ mail_id: string }>(
        `select mail_id from mail where sent_at is null and given_up_at is null and next_at <= ? order by next_at, mail_id limit ${BATCH}`,
        [now],
      )
      for (const { mail_id } of due) {
        await tx.query('update mail set claim = ?, next_at = ? where mail_id = ? and sent_at is null and next_at <= ?', [
          token,
          now + CLAIM_MS,
          mail_id,
          now,
        ])
      }
    })
    return database.query<Claimed>(
      'select mail_id, recipient, subject, words, attempts from mail where claim = ? and sent_at is null order by created_at, mail_id',
      [token],
    )
  }

  async function send(via: Mailer, mail: Claimed): Promise<boolean> {
    try {
      await via.send({ to: mail.recipient, subject: mail.subject, text: mail.words })
      await database.query('update mail set sent_at = ?, attempts = attempts + 1, claim = null where mail_id = ?', [
        machine.now(),
        mail.mail_id,
      ])
      return true
    } catch (error) {
      const wait = RETRY_MS[Number(mail.attempts)]
      await database.query(
        'update mail set attempts = attempts + 1, claim = null, last_error = ?, next_at = ?, given_up_at = ? where mail_id = ?',
        [String(error).slice(0, 2000), machine.now() + (wait ?? 0), wait === undefined ? machine.now() : null, mail.mail_id],
      )
      return false
    }
  }

  return {
    async put(tx, { to, subject, text }) {
      const now = machine.now()
      await tx.query('insert into mail (mail_id, recipient, subject, words, attempts, next_at, created_at) values (?, ?, ?, ?, 0, ?, ?)', [
        newId(),
        to,
        subject.slice(0, 200),
        text,
        now,
        now,
      ])
    },

    async deliver() {
      if (!mailer) return 0
      let sent = 0
      for (const mail of await claim()) if (await send(mailer, mail)) sent += 1
      return sent
    },
  }
}
