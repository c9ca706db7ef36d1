import type { RemoteEngineConfig } from './config.ts'
import type { TurnableClock } from './organisation/index.ts'

/**
 * A clock that another server's engine follows: its timers are due by its own time, so it is turned first. `clockUrl` takes
 * `PUT {"now": epoch ms}` and lets that clock tick from there.
 */
export async function followedClock(clock: TurnableClock, { clockUrl }: Pick<RemoteEngineConfig, 'clockUrl'>): Promise<TurnableClock> {
  if (clockUrl === null) return clock
  const setThere = async (now: number) => {
    const response = await fetch(clockUrl, {
      method: 'PUT',
      headers: { 'content-type': 'application/json' },
      body: JSON.stringify({ now }),
    })
    if (!response.ok) throw new Error(`the engine's clock could not be set: ${clockUrl} answered ${response.status}`)
  }
  await setThere(clock.now())
  return {
    now: () => clock.now(),
    async turnTo(to) {
      if (to <= clock.now()) return false
      await setThere(to)
      return clock.turnTo(to)
    },
  }
}
