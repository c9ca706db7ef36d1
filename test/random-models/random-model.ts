import { randomBlock } from './block.ts'
import { seeded } from './random.ts'
import { type RandomModel, toBpmn } from './to-bpmn.ts'

/** The model of a seed: two to thirteen activities, its called processes among its resources. */
export function randomModel(seed: number): RandomModel {
  const random = seeded(seed)
  return toBpmn(randomBlock(random, 2 + random.below(12)), `random${seed}`)
}
