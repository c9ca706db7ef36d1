import { describe, expect, it } from '@jest/globals'
import { readBpmn } from '../../engine/bpmn/index.ts'
import { seeded } from '../random-models/random.ts'
import { modelOf, randomCase } from '../random-models/random-model.ts'

const cases = Number(process.env['PROPERTY_CASES'] ?? 2_000)

describe('readBpmn on damaged files', () => {
  it('answers with a model or with findings, whatever it is given', () => {
    for (let seed = 1; seed <= cases; seed += 1) {
      const damaged = damage(modelOf(randomCase(seed % 40), 'p').resources[0]?.content ?? '', seeded(seed).below)
      const reading = readBpmn(damaged, 'damaged.bpmn')
      if (reading.ok) continue
      for (const finding of reading.findings)
        expect({ seed, known: finding.line > 0 && finding.column > 0 && finding.message !== '' }).toEqual({ seed, known: true })
    }
  })
})

/** Cuts, doubles, swaps and overwrites pieces. */
function damage(text: string, random: (below: number) => number): string {
  let result = text
  for (let turn = 1 + random(4); turn > 0; turn -= 1) {
    const at = random(result.length)
    const length = 1 + random(30)
    const piece = result.slice(at, at + length)
    const choices = ['', piece + piece, '<', '"', '&', '</subProcess>', 'task1', '${', '<!DOCTYPE x>']
    result = result.slice(0, at) + (choices[random(choices.length)] as string) + result.slice(at + length)
  }
  return result
}
