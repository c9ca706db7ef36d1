import { createHash } from 'node:crypto'
import { createServer, type Server } from 'node:http'
import type { AddressInfo } from 'node:net'
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals'
import { type TestDatabase, testDatabases } from '../../../database/test-database.ts'
import { migrations } from '../../../migrations/index.ts'
import { testEngine } from '../../../test/builders/test-engine.ts'
import type { EmbeddedEngine } from '../http/call.ts'
import { operations } from '../operations.ts'
import { makeEngineRestListener } from '../router.ts'
import { callerAmong, readAccountList } from './account-list.ts'
import { ruleOf } from './authorised-by.ts'

const hash = (secret: string) => createHash('sha256').update(secret).digest('hex')
const WORK = ['READ_INSTANCE,UPDATE_INSTANCE:PROCESS_DEFINITION']

const ACCOUNTS = readAccountList(
  JSON.stringify([
    { name: 'admin', secretSha256: hash('admin-secret'), tenants: 'all', admin: true },
    { name: 'north', secretSha256: hash('north-secret'), tenants: ['north'], grants: WORK },
    { name: 'everywhere', secretSha256: hash('everywhere-secret'), tenants: 'all', grants: WORK },
    { name: 'clerk', secretSha256: hash('clerk-secret'), tenants: 'all', groups: ['office'] },
    {
      name: 'starter',
      secretSha256: hash('starter-secret'),
      tenants: ['north'],
      grants: ['CREATE:PROCESS_INSTANCE', 'READ,CREATE_INSTANCE:PROCESS_DEFINITION:report', 'CREATE:DEPLOYMENT'],
    },
  ]),
)

const model = (key: string) => `<?xml version="1.0" encoding="UTF-8"?>
<definitions xmlns="http://www.omg.org/spec/BPMN/20100524/MODEL" xmlns:camunda="http://camunda.org/schema/1.0/bpmn" targetNamespace="test">
  <process id="${key}" isExecutable="true" camunda:historyTimeToLive="5">
    <startEvent id="start"/><sequenceFlow id="f1" sourceRef="start" targetRef="fork"/><parallelGateway id="fork"/>
    <sequenceFlow id="f2" sourceRef="fork" targetRef="work"/><sequenceFlow id="f3" sourceRef="fork" targetRef="check"/>
    <sequenceFlow id="f4" sourceRef="fork" targetRef="wait"/>
    <serviceTask id="work" camunda:type="external" camunda:topic="work"/>
    <userTask id="check" camunda:candidateGroups="office"/>
    <receiveTask id="wait" messageRef="paid"/>
  </process>
  <message id="paid" name="paid"/>
</definitions>`

describe('the rules of the API', () => {
  it('say of every operation who may call it', () => {
    const undecided = operations.filter((one) => {
      try {
        return !(one.authorisedBy ?? ruleOf(one.method, one.path))
      } catch {
        return true
      }
    })

    expect(undecided.map(({ method, path }) => `${method} ${path}`)).toEqual([])
  })
})

describe.each(testDatabases('rest_access', migrations))('accounts of /engine-rest on $name', ({ open }) => {
  let opened: Awaited<ReturnType<TestDatabase['open']>>
  let engine: EmbeddedEngine
  let server: Server
  let base: string
  const instances = new Map<string, string>()

  const call = async (account: string, method: string, path: string, body?: unknown) => {
    const form = body instanceof FormData
    const answer = await fetch(base + path, {
      method,
      headers: {
        ...(account !== '' && { authorization: `Basic ${Buffer.from(`${account}:${account}-secret`).toString('base64')}` }),
        ...(body !== undefined && !form && { 'content-type': 'application/json' }),
      },
      ...(body !== undefined && { body: form ? body : JSON.stringify(body) }),
    })
    const text = await answer.text()
    return { status: answer.status, json: (text === '' ? null : JSON.parse(text)) as never, headers: answer.headers }
  }
  const list = async (account: string, path: string): Promise<Record<string, string>[]> => (await call(account, 'GET', path)).json
  const deploy = (account: string, key: string, tenant: string | null) => {
    const form = new FormData()
    form.append('deployment-name', key)
    if (tenant !== null) form.append('tenant-id', tenant)
    form.append('file', new Blob([model(key)]), `${key}.bpmn`)
    return call(account, 'POST', '/deployment/create', form)
  }

  beforeAll(async () => {
    opened = await open()
    engine = testEngine(opened.database).engine as EmbeddedEngine
    await engine.start()
    server = createServer(makeEngineRestListener({ engine, callerOf: callerAmong(ACCOUNTS) }, '/engine-rest'))
    await new Promise<void>((done) => {
      server.listen(0, '127.0.0.1', done)
    })
    base = `http://127.0.0.1:${(server.address() as AddressInfo).port}/engine-rest`
    for (const tenant of ['north', 'south']) {
      expect((await deploy('admin', 'report', tenant)).status).toBe(200)
      const started = await call('admin', 'POST', `/process-definition/key/report/tenant-id/${tenant}/start`, { businessKey: tenant })
      instances.set(tenant, (started.json as { id: string }).id)
    }
  })
  afterAll(async () => {
    server.closeAllConnections()
    server.close()
    await engine.stop()
    await opened.drop()
  })

  it('lets nobody in without an account', async () => {
    const nobody = await call('', 'GET', '/version')
    const wrong = await fetch(`${base}/version`, { headers: { authorization: 'Bearer nothing' } })
    const bearer = await fetch(`${base}/version`, { headers: { authorization: 'Bearer north-secret' } })

    expect([nobody.status, nobody.headers.get('www-authenticate'), wrong.status, bearer.status]).toEqual([
      401,
      'Basic realm="engine-rest", charset="UTF-8"',
      401,
      200,
    ])
    expect(nobody.json).toMatchObject({ type: 'AuthenticationException' })
  })

  it('narrows lists and counts to the tenants and the grants of the caller', async () => {
    const seen = async (account: string) => (await list(account, '/process-instance')).map(({ businessKey }) => businessKey).sort()

    expect(await seen('admin')).toEqual(['north', 'south'])
    expect(await seen('everywhere')).toEqual(['north', 'south'])
    expect(await seen('north')).toEqual(['north'])
    expect(await seen('clerk')).toEqual([])
    expect((await call('north', 'GET', '/external-task/count')).json).toEqual({ count: 1 })
    expect((await call('north', 'POST', '/process-instance/count', { orQueries: [{ active: true, suspended: true }] })).json).toEqual({
      count: 1,
    })
    expect((await call('north', 'GET', '/history/process-instance/count')).json).toEqual({ count: 0 })
  })

  it('knows no instance of another tenant', async () => {
    const south = instances.get('south')
    const reads = await call('north', 'GET', `/process-instance/${south}`)
    const variables = await call('north', 'GET', `/process-instance/${south}/variables`)
    const deletes = await call('north', 'DELETE', `/process-instance/${south}`)

    expect([reads, variables, deletes].map(({ status }) => status)).toEqual([404, 404, 404])
    expect(deletes.json).toMatchObject({ type: 'InvalidRequestException', code: null })
  })

  it('refuses with 403 what is not granted, and says what is missing', async () => {
    const answer = await call('north', 'DELETE', `/process-instance/${instances.get('north')}`)

    expect(answer.status).toBe(403)
    expect(answer.json).toMatchObject({
      type: 'AuthorizationException',
      userId: 'north',
      missingAuthorizations: [
        { permissionName: 'DELETE', resourceName: 'ProcessInstance', resourceId: instances.get('north') },
        { permissionName: 'DELETE_INSTANCE', resourceName: 'ProcessDefinition', resourceId: 'report' },
      ],
    })
  })

  it('gives a worker the tasks of its tenant only', async () => {
    const body = { workerId: 'w', maxTasks: 10, topics: [{ topicName: 'work', lockDuration: 60_000 }] }
    const fetched = (await call('north', 'POST', '/external-task/fetchAndLock', body)).json as { id: string; tenantId: string }[]
    const [foreign] = await list('admin', '/external-task?tenantIdIn=south')

    expect(fetched.map(({ tenantId }) => tenantId)).toEqual(['north'])
    expect((await call('north', 'POST', `/external-task/${foreign?.id}/complete`, { workerId: 'w' })).status).toBe(404)
    expect((await call('clerk', 'POST', `/external-task/${foreign?.id}/complete`, { workerId: 'w' })).status).toBe(403)
    expect((await call('north', 'POST', `/external-task/${fetched[0]?.id}/complete`, { workerId: 'w' })).status).toBe(204)
  })

  it('delivers a message within the caller’s tenants only', async () => {
    const message = (tenant: string) => ({ messageName: 'paid', businessKey: tenant })

    expect((await call('north', 'POST', '/message', message('south'))).status).toBe(400)
    expect((await call('north', 'POST', '/message', message('north'))).status).toBe(204)
  })

  it('lets a candidate see and work on a task without a grant', async () => {
    const tasks = await list('clerk', '/task')

    expect(tasks.map(({ taskDefinitionKey }) => taskDefinitionKey)).toEqual(['check', 'check'])
    expect((await call('clerk', 'POST', `/task/${tasks[0]?.id}/complete`, {})).status).toBe(204)
    expect((await call('north', 'POST', `/task/${tasks[1]?.id}/complete`, {})).status).toBe(tasks[1]?.tenantId === 'north' ? 403 : 404)
  })

  it('starts what may be started, deploys for own tenants, and writes the caller into history', async () => {
    const start = (tenant: string) => call('starter', 'POST', `/process-definition/key/report/tenant-id/${tenant}/start`, {})
    const started = await start('north')
    const { id } = started.json as { id: string }

    expect([started.status, (await start('south')).status]).toEqual([200, 404])
    expect((await call('admin', 'GET', `/history/process-instance/${id}`)).json).toMatchObject({ startUserId: 'starter' })
    expect((await deploy('starter', 'other', 'south')).status).toBe(404)
    expect((await deploy('starter', 'other', 'north')).status).toBe(200)
    expect((await deploy('north', 'third', 'north')).status).toBe(403)
  })

  it('obeys authorizations made over the API: grants, revocations, membership', async () => {
    const create = (body: object) => call('admin', 'POST', '/authorization/create', body)
    const check = async () =>
      (
        (await call('clerk', 'GET', '/authorization/check?permissionName=READ&resourceName=Deployment&resourceType=9')).json as {
          authorized: boolean
        }
      ).authorized
    expect(
      (
        await call('clerk', 'POST', '/authorization/create', {
          type: 1,
          permissions: ['ALL'],
          userId: 'clerk',
          resourceType: 9,
          resourceId: '*',
        })
      ).status,
    ).toBe(403)

    const granted = (await create({ type: 1, permissions: ['READ'], groupId: 'office', resourceType: 9, resourceId: '*' })).json as {
      id: string
    }
    const [before, deployments] = [await check(), (await list('clerk', '/deployment')).length]
    const revoked = (await create({ type: 2, permissions: ['READ'], userId: 'clerk', resourceType: 9, resourceId: '*' })).json as {
      id: string
    }

    expect([before, deployments > 0]).toEqual([true, true])
    expect([await check(), await list('clerk', '/deployment')]).toEqual([false, []])

    expect((await call('admin', 'DELETE', `/authorization/${revoked.id}`)).status).toBe(204)
    expect(await check()).toBe(true)
    expect(
      (
        await call('admin', 'PUT', `/authorization/${granted.id}`, {
          permissions: ['CREATE'],
          groupId: 'office',
          resourceType: 9,
          resourceId: '*',
        })
      ).status,
    ).toBe(204)
    expect(await check()).toBe(false)
  })

  it('keeps the API’s own administration to administrators', async () => {
    expect((await call('everywhere', 'GET', '/history/cleanup/configuration')).status).toBe(403)
    expect((await call('admin', 'GET', '/history/cleanup/configuration')).status).toBe(200)
    expect((await call('everywhere', 'POST', '/user/create', { profile: { id: 'x' } })).status).toBe(403)
  })
})
