import { playedCases } from './played-cases.ts'

/** The bundle's only door: the page calls it by this name. */
Object.assign(globalThis, { playedCases })
