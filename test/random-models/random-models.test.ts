import { describe, expect, it } from '@jest/globals'
import { readBpmn } from '../../engine/bpmn/read-bpmn.ts'
import { modelOf, randomCase } from './random-model.ts'

describe('random models', () => {
  it('are the same for the same seed', () => {
    expect(randomCase(42)).toEqual(randomCase(42))
  })

  it('are all accepted by the reader', () => {
    const findings = Array.from({ length: 500 }, (_, index) => index + 1).flatMap((seed) =>
      modelOf(randomCase(seed), 'p').resources.flatMap(({ name, content }) =>
        readBpmn(content, name)
          .findings.filter((finding) => finding.severity === 'error')
          .map((finding) => `${seed} ${finding.message}`),
      ),
    )

    expect(findings).toEqual([])
  })
})
