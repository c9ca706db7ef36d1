import type { AddressInfo } from 'node:net'
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals'
import express from 'express'
import { v7 } from 'uuid'
import type { Database } from '../../database/database.ts'
import { migrate } from '../../database/migrate.ts'
import { openDatabase } from '../../database/open-database.ts'
import { migrations } from '../../migrations/index.ts'
import { createEmbeddedEngine, everybody } from '../index.ts'
import { operations } from './operations.ts'
import { makeEngineRest } from './router.ts'

const BODIES: readonly (readonly [name: string, body: string])[] = [
  ['nothing', ''],
  ['null', 'null'],
  ['a list', '[]'],
  ['a text', '"x"'],
  ['a number', '7'],
  ['an empty object', '{}'],
  ['half an object', '{"a":'],
  [
    'lists where objects belong',
    '{"variables":[1],"modifications":[],"correlationKeys":"x","migrationPlan":[],"topics":7,"processInstanceIds":{"a":1}}',
  ],
  [
    'objects where texts belong',
    '{"name":{},"messageName":{},"workerId":[],"userId":{},"type":{},"instructions":{},"processInstanceIds":"x"}',
  ],
  [
    'wrong values',
    '{"variables":{"a":null,"b":7,"c":{"type":"Integer","value":"x"}},"retries":"x","priority":{},"suspended":"yes","maxTasks":-1}',
  ],
  [
    'prototypes',
    '{"__proto__":{"a":1},"constructor":{},"variables":{"__proto__":{"value":1}},"sorting":[{"sortBy":"__proto__","sortOrder":"asc"}]}',
  ],
  [
    'nulls within lists',
    '{"instructions":[null],"topics":[null],"sorting":[null],"orQueries":[null],"processVariables":[null],"variables":null}',
  ],
]

describe('wrong requests', () => {
  let database: Database
  let base: string
  let stop: () => Promise<void>
  const reported: unknown[] = []

  beforeAll(async () => {
    database = await openDatabase('sqlite::memory:')
    await migrate(database, migrations, Date.now())
    const engine = createEmbeddedEngine({ database, now: () => Date.now(), newId: () => v7(), pump: false })
    await engine.start()
    const app = express()
    app.use('/engine-rest', makeEngineRest({ engine, callerOf: async () => everybody, report: (error) => reported.push(error) }))
    const server = app.listen(0, '127.0.0.1')
    await new Promise((done) => server.once('listening', done))
    base = `http://127.0.0.1:${(server.address() as AddressInfo).port}/engine-rest`
    stop = async () => {
      server.closeAllConnections()
      await new Promise((done) => server.close(done))
      await engine.stop()
      await database.close()
    }
  })
  afterAll(() => stop())

  async function send(method: string, path: string, init: RequestInit = {}): Promise<Response> {
    const response = await fetch(base + path, { method, ...init })
    await response.clone().arrayBuffer()
    return response
  }

  it.each(BODIES)('are refused or served with %s as body, and nobody is surprised', async (_name, body) => {
    reported.length = 0
    const writing = operations.filter(({ method, path }) => (method === 'POST' || method === 'PUT') && path !== '/deployment/create')

    for (const { method, path } of writing) {
      const address = path.replace(/:\w+/g, 'none')
      const response = await send(method, address, { body, headers: { 'content-type': 'application/json' } })
      if (response.status >= 400) expect(await response.json()).toMatchObject({ type: expect.any(String), message: expect.any(String) })
      if (reported.length > 0) throw new Error(`${method} ${address} with ${body} met ${String((reported[0] as Error).stack)}`)
    }
  })

  it('are answered in JSON for paths and identifiers that do not exist', async () => {
    reported.length = 0
    const reading = operations.filter(({ method, binary }) => (method === 'GET' || method === 'DELETE') && !binary)

    for (const { method, path } of reading) {
      const address = path.replace(/:\w+/g, '%27%25%00')
      const response = await send(method, address)
      expect([200, 204, 400, 401, 404, 500]).toContain(response.status)
      if (reported.length > 0) throw new Error(`${method} ${address} met ${String((reported[0] as Error).stack)}`)
    }
  })

  it('are refused as a form without files, a broken form and a form of another type', async () => {
    const empty = new FormData()
    empty.append('deployment-name', 'nothing')

    expect((await send('POST', '/deployment/create', { body: empty })).status).toBe(400)
    expect((await send('POST', '/deployment/create', { body: 'x', headers: { 'content-type': 'multipart/form-data' } })).status).toBe(400)
    expect((await send('POST', '/deployment/create', { body: '{}', headers: { 'content-type': 'application/json' } })).status).toBe(400)
    expect((await send('POST', '/task', { body: '{}', headers: { 'content-type': 'text/plain' } })).status).toBe(415)
  })
})
