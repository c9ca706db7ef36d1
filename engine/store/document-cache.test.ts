import { describe, expect, it } from '@jest/globals'
import { encode } from '../core/snapshot.ts'
import type { Instance } from '../core/state.ts'
import { encodeChunked } from './chunks.ts'
import { DocumentCache } from './document-cache.ts'

const none = new Map()

const instance = (id: string, businessKey = 'key'): Instance => ({
  id,
  rootId: id,
  definitionId: 'p:1:1',
  businessKey,
  tenantId: null,
  superInstanceId: null,
  superTokenId: null,
  suspended: false,
  startActivityId: 'start',
  startUserId: null,
  startedAt: 0,
  scopes: none,
  tokens: none,
  tasks: none,
  jobs: none,
  subscriptions: none,
  externalTasks: none,
  incidents: none,
})

describe('documents of instances', () => {
  it('answers what was written under the same text only', () => {
    const cache = new DocumentCache()
    const written = encodeChunked(null, instance('a'))
    cache.keep('a', written.state, written.document)

    expect(cache.decode('a', written.state).instance).toBe(written.document.instance)
    expect(cache.decode('a', encode(instance('a', 'other'))).instance.businessKey).toBe('other')
  })

  it('decodes a text once', () => {
    const cache = new DocumentCache()
    const text = encode(instance('a'))

    expect(cache.decode('a', text)).toBe(cache.decode('a', text))
  })

  it('forgets what was used longest ago', () => {
    const cache = new DocumentCache()
    const first = encode(instance('first'))
    const second = encode(instance('second'))
    const known = [cache.decode('first', first), cache.decode('second', second)]
    cache.decode('first', first)
    cache.decode('large', encode(instance('large', 'x'.repeat(2_000_000 - first.length - second.length))))

    expect(cache.decode('first', first)).toBe(known[0])
    expect(cache.decode('second', second)).not.toBe(known[1])
  })
})
