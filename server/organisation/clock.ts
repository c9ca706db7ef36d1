import type { Database } from '../../database/database.ts'

/** The time in which the county lives: epoch ms. Deadlines, facts, numbers and timers follow it. */
export interface Clock {
  now(): number
}

/** A clock that somebody may move, only forward. */
export interface TurnableClock extends Clock {
  /** Moves the clock to `to` (epoch ms). Answers false, and changes nothing, when `to` is not later than now. */
  turnTo(to: number): Promise<boolean>
}

/** The machine's clock: sessions, lock-outs and mail headers always, everything else in a real installation. */
export const systemClock: Clock = { now: () => Date.now() }

/** A clock that stands still until it is turned: tests, scenarios, and the playing of the demonstration's history. */
export function manualClock(start: number): TurnableClock {
  let at = start
  return {
    now: () => at,
    async turnTo(to) {
      if (to <= at) return false
      at = to
      return true
    },
  }
}

const OFFSET_KEY = 'clock.offset'
const INSTALLATION = ''

/**
 * The demonstration's clock: the machine's clock plus the setting `clock.offset` (ms) of the installation. At the first start
 * it is set to `firstStart` and ticks from there, also while the server is down.
 */
export async function demonstrationClock(database: Database, machine: Clock, firstStart: number): Promise<TurnableClock> {
  const rows = await database.query<{ value: string }>('select value from setting where county_id = ? and setting_key = ? limit 1', [
    INSTALLATION,
    OFFSET_KEY,
  ])
  let offset = rows[0] ? Number(rows[0].value) : firstStart - machine.now()
  if (!rows[0]) await storeOffset(database, offset)
  return {
    now: () => machine.now() + offset,
    async turnTo(to) {
      const next = to - machine.now()
      if (next <= offset) return false
      await storeOffset(database, next)
      offset = next
      return true
    },
  }
}

async function storeOffset(database: Database, offset: number): Promise<void> {
  await database.transaction(async (tx) => {
    await tx.query('delete from setting where county_id = ? and setting_key = ?', [INSTALLATION, OFFSET_KEY])
    await tx.query('insert into setting (county_id, setting_key, value) values (?, ?, ?)', [INSTALLATION, OFFSET_KEY, String(offset)])
  })
}

/** Whether this installation's demonstration clock was ever set, so whether its history has been played. */
export async function isClockSet(database: Database): Promise<boolean> {
  const rows = await database.query('select 1 as found from setting where county_id = ? and setting_key = ? limit 1', [
    INSTALLATION,
    OFFSET_KEY,
  ])
  return rows.length > 0
}
