import { playCore } from '../random-models/core-play.ts'
import { randomCase } from '../random-models/random-model.ts'

/** Everything that the plays of these seeds have done and recorded, as text: the same wherever the core runs. */
export const playedCases = (seeds: readonly number[]): string[] =>
  seeds.map((seed) => {
    const { commands, history } = playCore(randomCase(seed))
    return [...commands, ...history].join('\n')
  })
