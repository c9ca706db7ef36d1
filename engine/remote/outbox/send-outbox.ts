import { setTimeout as pause } from 'node:timers/promises'
import type { Database } from '../../../database/database.ts'
import { isOutage } from '../rest-client.ts'
import { outboxCall, type Sending } from './outbox-calls.ts'
import type { OutboxEntry, OutboxStore } from './outbox-store.ts'
import { placeOfCall } from './place-of-call.ts'

export interface OutboxSender extends Sending {
  readonly database: Database
  readonly outbox: OutboxStore
  now(): number
}

const PAGE = 100
/** Waits before a refused call is tried again: what lost a race on the other server is refused once. */
const AGAIN_AFTER_MS = [50, 250, 1_000]

/**
 * Sends what waits, in its order, until nothing does. Throws when the other server does not answer: the rest goes on waiting. What it
 * refuses for good is set aside with its reason. Answers how many were sent.
 */
export async function sendOutbox(sender: OutboxSender): Promise<number> {
  let sent = 0
  for (;;) {
    const waiting = await sender.outbox.waiting(PAGE)
    if (waiting.length === 0) return sent
    for (const entry of waiting) {
      await sendEntry(sender, entry)
      sent++
    }
  }
}

async function sendEntry(sender: OutboxSender, entry: OutboxEntry): Promise<void> {
  const { database, outbox } = sender
  const call = outboxCall(entry.call)
  const setAside = async (error: string) => outbox.fail(entry.id, error, sender.now(), await placeOfCall(sender, entry))
  if (!call) return setAside(`there is no call ${entry.call}`)
  await outbox.attempted(entry.id)
  for (const [round, wait] of [...AGAIN_AFTER_MS, null].entries()) {
    try {
      const tried = { ...entry, attempts: entry.attempts + round }
      const isRepeated = tried.attempts > 0 && (await call.wasDone?.(sender, tried)) === true
      const finish = isRepeated ? undefined : await call.send(sender, tried)
      await database.transaction(async (tx) => {
        await finish?.(tx)
        await outbox.done(tx, entry.id)
      })
      return
    } catch (error) {
      if (isOutage(error)) throw error
      if (await call.wasDone?.(sender, entry).catch(() => false)) return database.transaction((tx) => outbox.done(tx, entry.id))
      if (wait === null) await setAside(error instanceof Error ? error.message : String(error))
      else await pause(wait)
    }
  }
}
