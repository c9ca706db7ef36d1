import { leave } from '../flow/lifecycle.ts'
import type { ElementBehavior } from './element-behavior.ts'

/** Manual task, task, none start, none throw, none end, boundary event once triggered: nothing to do, go on. */
export const pass: ElementBehavior = { execute: leave }
