import type { Database } from '../database/database.ts'
import type { ProcessEngine } from '../engine/index.ts'
import type { TurnableClock } from './organisation/index.ts'

const DAY_MS = 86_400_000
/** 09:00 of the county, when reminders are sent, as ms after 00:00 UTC. */
const MORNING_MS = 3_600_000

export interface ClockTurnDeps {
  readonly clock: TurnableClock
  readonly engine: ProcessEngine
  readonly database: Database
  /** Does what the county's clock asks for by now. */
  readonly settle: () => Promise<void>
}

/**
 * A clock that is turned as if time had passed: it stops at each moment at which something is due (a timer, a seat, the morning's
 * reminders), so that everything happens at its own time and in its order.
 */
export function passingClock({ settle, ...deps }: ClockTurnDeps): TurnableClock {
  const { clock } = deps
  return {
    now: () => clock.now(),
    async turnTo(to) {
      if (to <= clock.now()) return false
      while (clock.now() < to) {
        // The clock ticks meanwhile: a moment may have passed by itself.
        await clock.turnTo(await nextMoment(deps, to))
        await settle()
      }
      return true
    },
  }
}

/** When something is due next, `to` at the latest: a timer, a seat, or the morning on which reminders are sent. */
export async function nextMoment({ clock, engine, database }: Omit<ClockTurnDeps, 'settle'>, to: number): Promise<number> {
  const now = clock.now()
  const timers = (await engine.jobs.list({})).flatMap((job) => (job.due !== null && job.due > now ? [job.due] : []))
  const [seat] = await database.query<{ due: number | null }>(
    "select min(due_at) as due from approval_seat where state = 'OPEN' and due_at > ?",
    [now],
  )
  const morning = Math.floor((now - MORNING_MS) / DAY_MS) * DAY_MS + DAY_MS + MORNING_MS
  return timers.reduce((a, b) => Math.min(a, b), Math.min(to, morning, seat?.due ? Number(seat.due) : to))
}
