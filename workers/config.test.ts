import { describe, expect, it } from '@jest/globals'
import { readWorkerConfig } from './config.ts'
import { taskOf } from './task-of.ts'

const good = { ENGINE_REST_URL: 'http://127.0.0.1:1/engine-rest', API_URL: 'http://127.0.0.1:1/api', MACHINE_TOKEN: 'x'.repeat(32) }

describe('readWorkerConfig', () => {
  it('has a default for everything but addresses and token', () => {
    expect(readWorkerConfig(good)).toMatchObject({ LOCK_MS: 30_000, POLL_MS: 20_000, LOG_LEVEL: 'info' })
  })

  it('names every bad variable at once, and never the token', () => {
    const read = () => readWorkerConfig({ ...good, API_URL: 'nowhere', MACHINE_TOKEN: 'secret', LOCK_MS: '5' })

    expect(read).toThrow(/API_URL.*MACHINE_TOKEN.*LOCK_MS/)
    expect(read).not.toThrow(/secret/)
  })
})

describe('taskOf', () => {
  it('keeps what the application needs, with null for what the engine leaves out', () => {
    const variables = { getAllTyped: () => ({ serial: { type: 'string', value: 'listing' }, nothing: {} }) }

    expect(taskOf({ id: 't', activityId: 'number', processInstanceId: 'p', variables })).toEqual({
      id: 't',
      activityId: 'number',
      processInstanceId: 'p',
      businessKey: null,
      tenantId: null,
      variables: { serial: { type: 'string', value: 'listing' }, nothing: { type: 'String', value: null } },
    })
  })
})
