import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import type { Moment } from './play.ts'

/** Seeds left out, with the reason: nothing is to be learned from them. */
export const leftOut: Readonly<Record<number, string>> = {
  126: 'a signal that throws itself again without end: Operaton never answers',
  130: 'a message to all, where the first receiver ends the second: Operaton refuses it, we deliver to those that are still there',
}

/** What a real Operaton did with each seed (ADR 0004). */
export const operatonPlays: Readonly<Record<string, readonly Moment[]>> = Object.fromEntries(
  Object.entries(
    JSON.parse(readFileSync(join(import.meta.dirname, 'operaton-plays.json'), 'utf8')) as Record<string, [string, string][]>,
  ).map(([seed, moments]) => [seed, moments.map(([action, seen]) => ({ action, seen }))]),
)
