import { describe, expect, it } from '@jest/globals'
import { CoreEngine } from '../../test/builders/core-engine.ts'
import { decode, encode } from './snapshot.ts'
import type { Value } from './value.ts'

const model = `<?xml version="1.0" encoding="UTF-8"?><definitions xmlns="http://www.omg.org/spec/BPMN/20100524/MODEL" targetNamespace="test"><process id="p" isExecutable="true"><startEvent id="start"/><sequenceFlow id="a" sourceRef="start" targetRef="work"/><userTask id="work"/></process></definitions>`

const values: readonly Value[] = [
  { t: 'Null', v: null },
  { t: 'Integer', v: 3 },
  { t: 'Long', v: 9_007_199_254_740_993n },
  { t: 'Double', v: 0.5 },
  { t: 'Double', v: Number.NaN },
  { t: 'Double', v: Number.NEGATIVE_INFINITY },
  { t: 'Json', v: '{"a":1}' },
]

describe('the snapshot', () => {
  it.each(values)('keeps $t $v', (value) => {
    const engine = new CoreEngine()
    engine.deploy(model)
    engine.start('p', { x: value })
    const instance = [...(engine.family?.instances.values() ?? [])][0]
    if (!instance) throw new Error('nothing runs')

    const read = decode(encode(instance))

    expect(read.scopes.get(instance.id)?.vars['x']?.value).toEqual(value)
    expect(read).toEqual(instance)
  })
})
