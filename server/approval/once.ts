import { RunAgain, type Tx } from '../../database/database.ts'
import { Refusal } from '../http/problem.ts'
import type { Actor } from '../identity/actor.ts'
import type { ApprovalParts } from './deps.ts'

/** How long an answer waits for a remote engine. */
const PATIENCE_MS = 3_000

/**
 * Runs `work` in one transaction, once per person and request: a resent request gets the stored answer. A request id that was used
 * for something else is refused.
 */
export async function once<T>(
  { database, engine, clock }: Pick<ApprovalParts, 'database' | 'engine' | 'clock'>,
  actor: Actor,
  requestId: string,
  subject: string,
  work: (tx: Tx) => Promise<T>,
): Promise<T> {
  const answer = await database.transaction(async (tx) => {
    const [known] = await tx.query<{ subject: string; answer: string }>(
      'select subject, answer from approval_request where person_id = ? and request_id = ? limit 1',
      [actor.personId, requestId],
    )
    if (known) {
      if (known.subject !== subject) throw new Refusal('conflict', { detail: 'this request id was used for something else' })
      return JSON.parse(known.answer) as T
    }
    // The row is written first: of two that come at the same moment, one waits here and then finds the answer.
    try {
      await tx.query('insert into approval_request (person_id, request_id, subject, answer, at) values (?, ?, ?, ?, ?)', [
        actor.personId,
        requestId,
        subject,
        'null',
        clock.now(),
      ])
    } catch (error) {
      if (isDuplicate(error)) throw new RunAgain(`request ${requestId} was answered meanwhile`, async () => undefined)
      throw error
    }
    const answer = await work(tx)
    await tx.query('update approval_request set answer = ? where person_id = ? and request_id = ?', [
      JSON.stringify(answer),
      actor.personId,
      requestId,
    ])
    return answer
  })
  // Whoever is answered finds what comes next. What a remote engine has not done by then is done later.
  await engine.caughtUp(PATIENCE_MS)
  return answer
}

/** MariaDB 1062, SQLite in words. */
function isDuplicate(error: unknown): boolean {
  const { driverError, message } = error as { driverError?: { errno?: number }; message?: string }
  return driverError?.errno === 1062 || /unique constraint|duplicate entry/i.test(message ?? '')
}
