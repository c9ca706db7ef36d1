import { describe, expect, it } from '@jest/globals'
import type { Instance, Variable } from '../core/state.ts'
import type { Value } from '../core/value.ts'
import { decodeInstance, encodeInstance } from './snapshot.ts'

const variable = (id: string, value: Value): Variable => ({ id, value, createdAt: 5, activityInstanceId: 'i' })

const instance: Instance = {
  id: 'i',
  rootId: 'i',
  definitionId: 'p:1:x',
  businessKey: '泽州-1',
  tenantId: null,
  superInstanceId: null,
  superTokenId: null,
  suspended: false,
  startActivityId: 'start',
  startUserId: null,
  startedAt: 1,
  scopes: new Map([
    [
      'i',
      {
        id: 'i',
        parentId: null,
        tokenId: null,
        node: 'p',
        activityInstanceId: 'i',
        vars: Object.fromEntries([
          ['count', variable('1', { t: 'Long', v: 2n ** 60n })],
          ['rate', variable('2', { t: 'Double', v: Number.POSITIVE_INFINITY })],
          ['__proto__', variable('3', { t: 'String', v: 'plain' })],
        ]),
        compensations: [
          {
            id: 'c',
            seq: 1,
            activityId: 'a',
            handlerId: 'h',
            activityInstanceId: 'a:1',
            createdAt: 2,
            vars: { x: variable('4', { t: 'Long', v: 7n }) },
            inner: [],
          },
        ],
      },
    ],
  ]),
  tokens: new Map(),
  tasks: new Map(),
  jobs: new Map(),
  subscriptions: new Map(),
  externalTasks: new Map(),
  incidents: new Map(),
}

describe('snapshot', () => {
  it('gives back what was written, types of numbers included', () => {
    const text = encodeInstance(instance, 12)

    expect(decodeInstance(text)).toEqual({ instance, seq: 12 })
    expect(text).toContain('"1152921504606846976"')
  })

  it('leaves out transient variables', () => {
    const transient = { ...variable('5', { t: 'Integer', v: 1 }), transient: true as const }
    const scope = instance.scopes.get('i')
    if (!scope) throw new Error('no scope')

    const text = encodeInstance({ ...instance, scopes: new Map([['i', { ...scope, vars: { gone: transient } }]]) }, null)

    expect(decodeInstance(text).instance.scopes.get('i')?.vars).toEqual({})
  })

  it('refuses a layout that it does not know', () => {
    expect(() => decodeInstance(encodeInstance(instance, 1).replace('"v":1', '"v":99'))).toThrow('layout 99')
  })
})
