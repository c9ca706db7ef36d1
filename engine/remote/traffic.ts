import { setTimeout as pause } from 'node:timers/promises'
import type { Lease } from './lease.ts'

export interface TrafficParts {
  readonly lease: Lease
  /** Before anything is sent for the first time. */
  prepare(): Promise<void>
  /** Both answer how much they moved, and throw when the other server does not answer. */
  send(): Promise<number>
  tell(): Promise<number>
  reconcile(): Promise<number>
  /** Whether nothing waits to be sent. */
  isIdle(): Promise<boolean>
  readonly pollMs: number
  onFault(error: unknown): void
  /** Runs `work` outside of the transaction from within which it was woken. */
  outside<T>(work: () => T): T
}

/** What goes to the other server and what comes from it, in turns: one at a time on one node, so that both keep their order. */
export interface Traffic {
  /** Sends what waits and tells what is new until neither is left. Answers how much moved. Throws when the server does not answer. */
  flush(): Promise<number>
  /** Something was put into the outbox, or was called: looks soon, once started. */
  wake(): void
  /** Waits until what was put into the outbox before has gone out and what came of it was told; at most `withinMs`. Never throws. */
  caughtUp(withinMs: number): Promise<boolean>
  start(): Promise<void>
  stop(): Promise<void>
}

const MAX_ROUNDS = 1_000
/** Longest wait between two tries while the other server does not answer. */
const MAX_POLL_MS = 30_000
const RECONCILE_MS = 600_000
/** Between two looks at an outbox that another node sends. */
const WATCH_MS = 100

export function makeTraffic(parts: TrafficParts): Traffic {
  const { lease, send, tell, reconcile, isIdle, pollMs, onFault, outside } = parts
  let running = false
  let timer: ReturnType<typeof setTimeout> | undefined
  let busy: Promise<number> | undefined
  let again = false
  /** Set until the tasks were compared: at the start, after an outage, and now and then. */
  let isDoubtful = true
  let comparedAt = 0
  let isPrepared = false
  let failures = 0

  const round = async (): Promise<number> => {
    if (!(await lease.hold())) return 0
    if (!isPrepared) await parts.prepare()
    isPrepared = true
    let moved = 0
    for (let count = 0; count < MAX_ROUNDS; count++) {
      again = false
      const step = (await send()) + (await tell())
      moved += step
      if (step === 0 && !again) break
    }
    if (isDoubtful || performance.now() - comparedAt > RECONCILE_MS) {
      moved += await reconcile()
      isDoubtful = false
      comparedAt = performance.now()
    }
    failures = 0
    return moved
  }
  const flush = (): Promise<number> => {
    again = true
    busy ??= outside(round)
      .catch((error: unknown) => {
        isDoubtful = true
        failures++
        onFault(error)
        throw error
      })
      .finally(() => {
        busy = undefined
      })
    return busy
  }
  const schedule = (delayMs: number) => {
    clearTimeout(timer)
    timer = setTimeout(() => {
      flush()
        .catch(() => 0)
        .then((moved) => running && schedule(moved > 0 ? 0 : Math.min(pollMs * 2 ** failures, MAX_POLL_MS)))
    }, delayMs)
  }
  const settled = async () => {
    do {
      await flush()
      if (await isIdle()) return true
      await pause(WATCH_MS)
    } while (running)
    return false
  }

  return {
    flush,
    wake: () => {
      again = true
      if (running && !busy) schedule(0)
    },
    caughtUp: (withinMs) => Promise.race([settled().catch(() => false), pause(withinMs, false, { ref: false })]),
    start: async () => {
      running = true
      schedule(0)
    },
    stop: async () => {
      running = false
      clearTimeout(timer)
      await busy?.catch(() => 0)
      await lease.release().catch(() => undefined)
    },
  }
}
