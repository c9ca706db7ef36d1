import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, afterEach, beforeAll, describe, expect, it } from '@jest/globals'
import { Client, File, type Task, type TaskService, Variables } from 'camunda-external-task-client-js'
import type { Variables as EngineVariables } from '../../engine/index.ts'
import { externalTaskProcess, restServer } from './rest-server.ts'

/** camunda-external-task-client-js, as it is published, against our own REST API. */
describe('camunda-external-task-client-js', () => {
  let server: Awaited<ReturnType<typeof restServer>>
  let folder: string
  const clients: Client[] = []

  beforeAll(async () => {
    server = await restServer()
    folder = await mkdtemp(join(tmpdir(), 'clients-'))
  })
  afterEach(() => {
    for (const client of clients.splice(0)) client.stop()
  })
  afterAll(async () => {
    await server.stop()
    await rm(folder, { recursive: true })
  })

  async function start(topic: string, variables: EngineVariables = {}, businessKey: string | null = null): Promise<string> {
    const resources = [{ name: `${topic}.bpmn`, content: externalTaskProcess(topic, topic) }]
    await server.engine.deployments.create({ name: topic, resources })
    return (await server.engine.instances.start({ definitionKey: topic, variables, businessKey })).id
  }

  function client(options: Record<string, unknown> = {}): Client {
    const made = new Client({ baseUrl: server.base, workerId: 'worker', asyncResponseTimeout: 2000, interval: 50, ...options })
    clients.push(made)
    return made
  }

  /** Works on the first task of a topic and answers it with what the work gave. */
  function work<T>(
    topic: string,
    handle: (task: Task, service: TaskService) => Promise<T>,
    worker = client(),
    options = {},
  ): Promise<{ task: Task; result: T }> {
    return new Promise((resolve, reject) => {
      const subscription = worker.subscribe(topic, options, async ({ task, taskService }) => {
        subscription.unsubscribe()
        try {
          resolve({ task, result: await handle(task, taskService) })
        } catch (error) {
          reject(error as Error)
        }
      })
    })
  }

  const openTasks = async (processInstanceId: string) =>
    (await server.engine.tasks.list({ processInstanceId })).map((task) => task.taskDefinitionKey)

  it('fetches a task with its variables and completes it', async () => {
    const id = await start('complete', { amount: { t: 'Integer', v: 7 } }, 'K-1')

    const { task } = await work('complete', (found, service) => service.complete(found))

    expect(task).toMatchObject({ topicName: 'complete', businessKey: 'K-1', processInstanceId: id, workerId: 'worker', activityId: 'work' })
    expect(task.variables.get('amount')).toBe(7)
    expect(await openTasks(id)).toEqual(['done'])
  })

  it('brings variables of every type there and back', async () => {
    const at = new Date('2026-05-06T07:08:09.000Z')
    const id = await start('types', {
      text: { t: 'String', v: '巴公镇' },
      whole: { t: 'Integer', v: -3 },
      long: { t: 'Long', v: 3_000_000_000n },
      fraction: { t: 'Double', v: 2.5 },
      flag: { t: 'Boolean', v: true },
      nothing: { t: 'Null', v: null },
      date: { t: 'Date', v: at.getTime() },
      json: { t: 'Json', v: '{"a":[1,2]}' },
    })

    const { result: seen } = await work('types', async (task, service) => {
      const variables = new Variables()
      const all = task.variables.getAll() as Record<string, unknown>
      for (const [name, value] of Object.entries(all)) variables.set(`${name}Back`, value)
      variables.setTyped('longBack', { value: 3_000_000_001, type: 'long', valueInfo: {} })
      await service.complete(task, variables)
      return all
    })

    expect(seen).toMatchObject({
      text: '巴公镇',
      whole: -3,
      long: 3_000_000_000,
      fraction: 2.5,
      flag: true,
      nothing: null,
      json: { a: [1, 2] },
    })
    expect((seen.date as Date).getTime()).toBe(at.getTime())
    expect(await server.engine.instances.variables(id)).toMatchObject({
      textBack: { t: 'String', v: '巴公镇' },
      wholeBack: { t: 'Integer', v: -3 },
      longBack: { t: 'Long', v: 3_000_000_001n },
      fractionBack: { t: 'Double', v: 2.5 },
      flagBack: { t: 'Boolean', v: true },
      nothingBack: { t: 'Null', v: null },
      dateBack: { t: 'Date', v: at.getTime() },
      jsonBack: { t: 'Json', v: '{"a":[1,2]}' },
    })
  })

  it('sends a file and loads one', async () => {
    const content = Buffer.from('整改照片 1')
    const id = await start('files', {
      photo: { t: 'File', v: content.toString('base64'), info: { filename: 'photo.txt', mimetype: 'text/plain', encoding: 'UTF-8' } },
    })
    await writeFile(join(folder, 'report.txt'), 'report')

    const { result } = await work('files', async (task, service) => {
      const photo = await (task.variables.get('photo') as File).load()
      const report = await new File({ localPath: join(folder, 'report.txt'), mimetype: 'text/plain' }).load()
      await service.complete(task, new Variables().set('report', report))
      return { name: photo.filename, text: photo.content.toString() }
    })

    expect(result).toEqual({ name: 'photo.txt', text: '整改照片 1' })
    expect((await server.engine.instances.variables(id)).report).toMatchObject({
      t: 'File',
      info: { filename: 'report.txt', mimetype: 'text/plain' },
    })
    expect(await readFile(join(folder, 'report.txt'), 'utf8')).toBe('report')
  })

  it('reports failures until the retries are used up', async () => {
    const id = await start('failing')

    for (const retries of [2, 1, 0])
      await work('failing', (task, service) =>
        service.handleFailure(task, { errorMessage: 'no', errorDetails: 'why', retries, retryTimeout: 0 }),
      )

    expect(await server.engine.incidents.list({ processInstanceId: id })).toMatchObject([{ type: 'failedExternalTask', message: 'no' }])
  })

  it('reports a business error that the process catches', async () => {
    const id = await start('refusing')

    await work('refusing', (task, service) => service.handleBpmnError(task, 'REFUSED', 'not today', new Variables().set('why', 'closed')))

    expect(await openTasks(id)).toEqual(['repair'])
    expect((await server.engine.instances.variables(id)).why).toEqual({ t: 'String', v: 'closed' })
  })

  it('extends a lock, and gives a task back to another worker', async () => {
    await start('passed-on')

    const { task: first } = await work('passed-on', async (task, service) => {
      await service.extendLock(task, 60_000)
      await service.unlock(task)
    })
    const { task: second } = await work('passed-on', (task, service) => service.complete(task), client({ workerId: 'other' }))

    expect(second.id).toBe(first.id)
    expect(second.workerId).toBe('other')
  })

  it('limits tasks by business key and variables by name', async () => {
    await start('chosen', { a: { t: 'Integer', v: 1 }, b: { t: 'Integer', v: 2 } }, 'left')
    const right = await start('chosen', { a: { t: 'Integer', v: 1 }, b: { t: 'Integer', v: 2 } }, 'right')

    const { task } = await work('chosen', (found, service) => service.complete(found), client(), {
      businessKey: 'right',
      variables: ['a'],
      includeExtensionProperties: true,
    })

    expect(task.processInstanceId).toBe(right)
    expect(task.variables.getAll()).toEqual({ a: 1 })
    expect(task.extensionProperties).toEqual({ colour: 'red' })
  })

  it('waits for a task that comes later, and sends what an interceptor adds', async () => {
    const seen: unknown[] = []
    const interceptors = (config: Record<string, unknown>) => {
      seen.push(config.method)
      return { ...config, headers: { ...(config.headers as object), 'x-from': 'test' } }
    }

    const waiting = work('later', (task, service) => service.complete(task), client({ interceptors }))
    const id = await start('later')
    await waiting

    expect(await openTasks(id)).toEqual(['done'])
    expect(seen).toContain('POST')
  })
})
