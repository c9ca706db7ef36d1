import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import type { Moment } from './play.ts'

/**
 * Seeds left out, with the reason. A signal or a condition may wake itself for ever: Operaton does not survive that. Which of several
 * receivers hears a signal first is nobody's choice there: it is the order of a hash of their ids.
 */
export const leftOut: Readonly<Record<number, string>> = {
  22: 'never comes to rest',
  160: 'never comes to rest',
  168: 'never comes to rest',
  179: 'never comes to rest',
  221: 'never comes to rest',
  236: 'never comes to rest',
  255: 'the order in which two receivers hear a signal decides',
  266: 'history alone differs: which part of a multi-instance that an error ends counts as cancelled',
  292: 'never comes to rest',
}

/** What a real Operaton did with each seed (ADR 0004). */
export const operatonPlays: Readonly<Record<string, readonly Moment[]>> = Object.fromEntries(
  Object.entries(
    JSON.parse(readFileSync(join(import.meta.dirname, 'operaton-plays.json'), 'utf8')) as Record<string, [string, string][]>,
  ).map(([seed, moments]) => [seed, moments.map(([action, seen]) => ({ action, seen }))]),
)
