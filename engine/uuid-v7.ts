import { randomFillSync } from 'node:crypto'

const POOL = 8192
const hex = Array.from({ length: 256 }, (_, byte) => byte.toString(16).padStart(2, '0'))

/**
 * Mints UUIDs of version 7 that sort by the order in which they were minted, also within a millisecond and when the clock is set
 * back: a counter of 32 bits follows the time, 40 random bits follow the counter. Randomness is drawn by the pool, since an engine
 * mints a dozen ids per command.
 */
export function makeUuidV7(now: () => number): () => string {
  const pool = new Uint8Array(POOL)
  let used = POOL
  let last = 0
  let counter = 0
  const byte = () => hex[pool[used++] as number] as string
  return () => {
    if (used + 10 > POOL) {
      randomFillSync(pool)
      used = 0
    }
    const time = now()
    if (time > last) {
      last = time
      // Starts in the lower half, so that a millisecond has room for two thousand million more.
      counter = (((pool[used++] as number) << 22) | ((pool[used++] as number) << 14) | ((pool[used++] as number) << 6)) >>> 0
    } else if (++counter > 0xffffffff) {
      last++
      counter = 0
    }
    const stamp = last.toString(16).padStart(12, '0')
    const count = counter.toString(16).padStart(8, '0')
    return `${stamp.slice(0, 8)}-${stamp.slice(8)}-7${count.slice(0, 3)}-8${count.slice(3, 6)}-${count.slice(6)}${byte()}${byte()}${byte()}${byte()}${byte()}`
  }
}
