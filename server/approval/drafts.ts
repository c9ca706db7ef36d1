import type { Database } from '../../database/database.ts'
import type { Actor } from '../identity/actor.ts'
import type { Clock } from '../organisation/index.ts'
import type { Values } from './form-gate.ts'

/** What somebody has typed and not sent yet; `subject` is `seat:ID` or `start:PROCEDURE`. Survives a closed browser. */
export interface Drafts {
  read(actor: Actor, subject: string): Promise<{ form: Values; savedAt: number } | null>
  save(actor: Actor, subject: string, form: Values): Promise<{ savedAt: number }>
}

export function makeDrafts({ database, clock }: { database: Database; clock: Clock }): Drafts {
  return {
    async read(actor, subject) {
      const [row] = await database.query<{ form: string; saved_at: number }>(
        'select form, saved_at from approval_draft where person_id = ? and subject = ? limit 1',
        [actor.personId, subject],
      )
      return row ? { form: JSON.parse(row.form), savedAt: Number(row.saved_at) } : null
    },
    save: (actor, subject, form) =>
      database.transaction(async (tx) => {
        const savedAt = clock.now()
        await tx.query('delete from approval_draft where person_id = ? and subject = ?', [actor.personId, subject])
        await tx.query('insert into approval_draft (person_id, subject, form, saved_at) values (?, ?, ?, ?)', [
          actor.personId,
          subject,
          JSON.stringify(form),
          savedAt,
        ])
        return { savedAt }
      }),
  }
}
