import { createHash } from 'node:crypto'
import { afterAll, afterEach, beforeAll, describe, expect, it } from '@jest/globals'
import { BasicAuthInterceptor, Client, type Task } from 'camunda-external-task-client-js'
import { callerAmong, readAccountList } from '../../engine/rest/access/account-list.ts'
import { externalTaskProcess, restServer } from './rest-server.ts'

const hash = (secret: string) => createHash('sha256').update(secret).digest('hex')
const GRANTS = ['READ_INSTANCE,UPDATE_INSTANCE:PROCESS_DEFINITION']

/** The clients of Camunda 7 against an API that lets accounts in only. */
describe('clients with accounts', () => {
  let server: Awaited<ReturnType<typeof restServer>>
  const clients: Client[] = []

  beforeAll(async () => {
    const accounts = readAccountList(
      JSON.stringify([
        { name: 'worker', secretSha256: hash('work'), tenants: ['north'], grants: GRANTS },
        { name: 'modeler', secretSha256: hash('model'), tenants: ['north'], grants: ['READ,CREATE:DEPLOYMENT'] },
      ]),
    )
    server = await restServer(callerAmong(accounts))
    for (const tenantId of ['south', 'north']) {
      const resources = [{ name: 'paid.bpmn', content: externalTaskProcess('paid', 'paid') }]
      await server.engine.deployments.create({ name: 'paid', tenantId, resources })
      await server.engine.instances.start({ definitionKey: 'paid', tenantId, businessKey: tenantId })
    }
  })
  afterEach(() => {
    for (const client of clients.splice(0)) client.stop()
  })
  afterAll(() => server.stop())

  const client = (interceptors: unknown): Client => {
    const made = new Client({ baseUrl: server.base, workerId: 'worker', asyncResponseTimeout: 500, interval: 50, interceptors } as never)
    clients.push(made)
    return made
  }

  it('give the JavaScript client the tasks of its tenants, by basic authentication', async () => {
    const done = await new Promise<Task>((resolve, reject) => {
      const subscription = client(new BasicAuthInterceptor({ username: 'worker', password: 'work' })).subscribe(
        'paid',
        {},
        async (work) => {
          subscription.unsubscribe()
          await work.taskService.complete(work.task).then(() => resolve(work.task), reject)
        },
      )
    })

    expect([done.businessKey, done.tenantId]).toEqual(['north', 'north'])
    expect((await server.engine.tasks.list({})).map(({ taskDefinitionKey }) => taskDefinitionKey)).toEqual(['done'])
  })

  it('refuse the client whose secret is wrong, and it says so', async () => {
    const refused = await new Promise<{ readonly message: string }>((resolve) => {
      const wrong = client(new BasicAuthInterceptor({ username: 'worker', password: 'guessed' }))
      wrong.on('poll:error', (error) => resolve(error as Error))
      wrong.subscribe('paid', {}, async () => undefined)
    })

    expect(String(refused.message)).toContain('401')
  })

  it('let Camunda Modeler find the engine and deploy, with basic authentication or a token', async () => {
    const basic = `Basic ${Buffer.from('modeler:model').toString('base64')}`
    const call = (path: string, authorization: string, body?: FormData) =>
      fetch(server.base + path, {
        method: body ? 'POST' : 'GET',
        headers: { accept: 'application/json', authorization },
        ...(body && { body }),
      })
    const deployment = (tenantId: string) => {
      const form = new FormData()
      form.append('deployment-name', 'drawn')
      form.append('deployment-source', 'Camunda Modeler')
      form.append('enable-duplicate-filtering', 'true')
      form.append('tenant-id', tenantId)
      form.append('drawn.bpmn', new Blob([externalTaskProcess('drawn', 'drawn')], { type: 'text/xml' }), 'drawn.bpmn')
      return form
    }

    expect((await call('/deployment?maxResults=0', basic)).status).toBe(200)
    expect((await call('/version', 'Bearer model')).status).toBe(200)
    expect((await call('/version', 'Bearer guessed')).status).toBe(401)
    const deployed = await call('/deployment/create', basic, deployment('north'))
    expect([deployed.status, ((await deployed.json()) as { tenantId: string }).tenantId]).toEqual([200, 'north'])
    expect((await call('/deployment/create', basic, deployment('south'))).status).toBe(404)
  })
})
