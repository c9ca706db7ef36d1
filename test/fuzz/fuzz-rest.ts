import type { AddressInfo } from 'node:net'
import express from 'express'
import { v7 } from 'uuid'
import { migrate } from '../../database/migrate.ts'
import { openDatabase } from '../../database/open-database.ts'
import { createEmbeddedEngine, everybody } from '../../engine/index.ts'
import { operations } from '../../engine/rest/operations.ts'
import { makeEngineRest } from '../../engine/rest/router.ts'
import { migrations } from '../../migrations/index.ts'
import { inconsistencies } from '../faults/consistency.ts'
import type { Random } from '../random-models/random.ts'
import { seeded } from '../random-models/random.ts'
import { modelOf, randomCase } from '../random-models/random-model.ts'
import { damage, oddValue } from './damage.ts'

const FIELDS = [
  'variables',
  'modifications',
  'deletions',
  'businessKey',
  'messageName',
  'correlationKeys',
  'workerId',
  'topics',
  'maxTasks',
  'lockDuration',
  'newDuration',
  'errorCode',
  'retries',
  'retryTimeout',
  'instructions',
  'processInstanceIds',
  'processDefinitionId',
  'migrationPlan',
  'sorting',
  'orQueries',
  'name',
  'userId',
  'type',
  'groupId',
  'suspended',
  'duedate',
  'startInstructions',
  'processVariables',
  'taskVariables',
  'priority',
  'deleteReason',
  'value',
  'valueInfo',
  'tenantIdIn',
  'firstResult',
  'executionId',
  'all',
  'resultEnabled',
  'id',
] as const
/** What would wait or take everything away is left out: long polls, and deletion of what the others need. */
const open = operations.filter(
  ({ method, path }) => method !== 'OPTIONS' && !(method === 'DELETE' && /^\/(deployment|process-definition)/.test(path)),
)

/** An engine with running instances behind its REST API, to which anything may be sent. */
export async function openTarget() {
  const database = await openDatabase('sqlite::memory:')
  await migrate(database, migrations, Date.now())
  const reported: unknown[] = []
  const engine = createEmbeddedEngine({ database, now: () => Date.now(), newId: () => v7(), pump: false, stepBudget: 3_000 })
  await engine.start()
  const app = express()
  app.use('/engine-rest', makeEngineRest({ engine, callerOf: async () => everybody, report: (error) => reported.push(error) }))
  const server = app.listen(0, '127.0.0.1')
  await new Promise((done) => server.once('listening', done))
  const base = `http://127.0.0.1:${(server.address() as AddressInfo).port}/engine-rest`
  await populate(base)
  const ids = await knownIds(base)

  return {
    /** Sends one request. Throws when the answer is none of Camunda's, or when the server met what nobody expected. */
    async fuzz(seed: number): Promise<string> {
      const random = seeded(seed)
      const { method, path } = random.pick(open)
      const address = `${path.replace(/:(\w+)/g, () => encodeURIComponent(random.chance(60) ? random.pick(ids) : oddId(random)))}${queryOf(random)}`
      const init: { readonly body?: string | FormData; readonly headers?: Record<string, string> } =
        method === 'GET' ? {} : bodyOf(random, path)
      const given = `${method} ${address} ${typeof init.body === 'string' ? init.body.slice(0, 300) : ''}`
      const response = await fetch(base + address, { method, ...init, signal: AbortSignal.timeout(15_000) })
      const text = await response.text()
      if (reported.length > 0) throw new Error(`the server met ${String((reported.splice(0)[0] as Error).stack)} at ${given}`)
      if (response.status >= 400 && !isCamundaProblem(text))
        throw new Error(`answered ${response.status} ${text.slice(0, 200)} to ${given}`)
      return given
    },
    /** What is half-written: nothing may be. */
    async inconsistencies(): Promise<readonly string[]> {
      const roots = await database.query<{ root_id: string }>('select distinct root_id from ru_instance')
      const found: string[] = []
      for (const { root_id } of roots) found.push(...(await inconsistencies(engine.runtime, root_id)))
      return found
    },
    async close(): Promise<void> {
      server.closeAllConnections()
      await new Promise((done) => server.close(done))
      await engine.stop()
      await database.close()
    },
  }
}

async function populate(base: string): Promise<void> {
  for (let seed = 1; seed <= 25; seed += 1) {
    const model = modelOf(randomCase(seed), `f${seed}`)
    const form = new FormData()
    form.append('deployment-name', 'fuzz')
    for (const { name, content } of model.resources) form.append(name, new Blob([content]), name)
    await fetch(`${base}/deployment/create`, { method: 'POST', body: form })
    const variables = Object.fromEntries([
      ...model.choices.map((name) => [name, { value: seed % 2, type: 'Integer' }]),
      ['log', { value: '' }],
    ])
    await fetch(`${base}/process-definition/key/f${seed}/start`, {
      method: 'POST',
      headers: { 'content-type': 'application/json' },
      body: JSON.stringify({ variables }),
    })
  }
}

async function knownIds(base: string): Promise<string[]> {
  const ids = ['f1', 'log', 'x', 'username']
  for (const resource of [
    'process-definition',
    'process-instance',
    'execution',
    'task',
    'job',
    'external-task',
    'deployment',
    'job-definition',
    'event-subscription',
  ]) {
    const found = (await (await fetch(`${base}/${resource}?maxResults=40`)).json()) as { id: string }[]
    ids.push(...found.map(({ id }) => id))
  }
  return ids
}

function oddId(random: Random): string {
  const forged = damage(random.pick(['0197-forged', 'f1:1:0197', 'log']), random, 1).replace(/[\ud800-\udfff]/g, '?')
  return /^\.{0,2}$/.test(forged) ? 'none' : forged
}

function queryOf(random: Random): string {
  if (random.chance(60)) return ''
  const names = [
    'sortBy',
    'sortOrder',
    'firstResult',
    'maxResults',
    'processInstanceId',
    'variables',
    'createdAfter',
    'tenantIdIn',
    'active',
    'nameLike',
    'asyncResponse',
  ]
  const query = new URLSearchParams()
  for (let more = 1 + random.below(3); more > 0; more -= 1) query.append(random.pick(names), damage('2023-01-01T00:00:00.000+0000', random))
  return `?${query}`
}

function bodyOf(random: Random, path: string): { readonly body: string | FormData; readonly headers?: Record<string, string> } {
  if (path === '/deployment/create' && random.chance(80)) {
    const form = new FormData()
    for (let more = random.below(4); more > 0; more -= 1) {
      const model = modelOf(randomCase(1 + random.below(50)), `n${random.below(9)}`)
      const [resource] = model.resources
      form.append(
        random.pick(['data', 'deployment-name', 'tenant-id', 'enable-duplicate-filtering']),
        new Blob([damage(resource?.content ?? '', random)]),
        random.pick(['x.bpmn', 'x.dmn', 'x.form', '']),
      )
    }
    return { body: form }
  }
  const body: Record<string, unknown> = {}
  for (let more = random.below(6); more > 0; more -= 1) body[random.pick(FIELDS)] = oddValue(random)
  const text = JSON.stringify(body)
  const headers = { 'content-type': random.chance(95) ? 'application/json' : 'text/plain' }
  return { body: random.chance(25) ? damage(text, random) : text, headers }
}

function isCamundaProblem(text: string): boolean {
  try {
    const { type, message } = JSON.parse(text) as { type?: unknown; message?: unknown }
    return typeof type === 'string' && (message === null || typeof message === 'string')
  } catch {
    return false
  }
}
