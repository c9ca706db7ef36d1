import type { Body } from './block.ts'
import { type Random, seeded } from './random.ts'
import { randomBody } from './random-block.ts'
import { type RandomModel, toBpmn } from './to-bpmn.ts'

/** A model, and the numbers by which a play chooses what it does: one for each step. */
export interface RandomCase {
  readonly body: Body
  readonly draws: readonly number[]
}

const STEPS = 40

/** The case of a seed: two to thirteen activities. */
export function randomCase(seed: number): RandomCase {
  const random = seeded(seed)
  const body = randomBody(random, 2 + random.below(12))
  return { body, draws: Array.from({ length: STEPS }, () => random.below(2 ** 31)) }
}

export const modelOf = ({ body }: RandomCase, key: string): RandomModel => toBpmn(body, key)

/** What a step draws: the same number always gives the same choices. */
export const drawn = (draw: number): Random => seeded(draw)
