import { describe, expect, it } from '@jest/globals'
import { readConfig } from './config.ts'

describe('readConfig', () => {
  it('runs the engine in this process unless another server is named', () => {
    expect(readConfig({}, '/srv').remoteEngine).toBeNull()
  })

  it('reads how another engine is reached, and who we are there', () => {
    const url = 'http://engine.example:8080/engine-rest'

    expect(readConfig({ ENGINE_URL: url }, '/srv').remoteEngine).toEqual({ url, clockUrl: null })
    expect(readConfig({ ENGINE_URL: url, ENGINE_USER: 'bihuan', ENGINE_PASSWORD: 'x' }, '/srv').remoteEngine).toEqual({
      url,
      clockUrl: null,
      credentials: { user: 'bihuan', password: 'x' },
    })
    expect(
      readConfig({ ENGINE_URL: url, ENGINE_TOKEN: 't', ENGINE_CLOCK_URL: 'http://engine.example/clock' }, '/srv').remoteEngine,
    ).toEqual({
      url,
      clockUrl: 'http://engine.example/clock',
      credentials: { token: 't' },
    })
  })

  it('names every bad variable at once', () => {
    expect(() => readConfig({ PORT: 'eighty', ENGINE_URL: 'engine-rest' }, '/srv')).toThrow(/PORT.*ENGINE_URL/)
  })
})
