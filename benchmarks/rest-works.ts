import { setTimeout as pause } from 'node:timers/promises'
import { Client, Variables } from 'camunda-external-task-client-js'
import type { Figure } from './figure.ts'
import { each, loops, quantiles } from './loops.ts'
import { external, fan, fork, receive, sequence, timer, userTasks } from './models.ts'
import type { RestClient } from './rest-client.ts'

interface Setting {
  readonly client: RestClient
  /** The process of this figure. */
  readonly key: string
  readonly clients: number
  readonly seconds: number
  readonly size: number
}

interface RestWork {
  readonly model: (key: string, size: number) => string
  readonly run: (setting: Setting) => Promise<Partial<Figure>>
}

const variables = { amount: { value: 12, type: 'Integer' }, town: { value: '巴公镇', type: 'String' } }

/** Whole instances in `clients` loops for so long; how many were completed says history. */
async function instances(setting: Setting, once: () => Promise<void>, times: number[]): Promise<Partial<Figure>> {
  const { client, key, clients, seconds } = setting
  await loops(clients, once, 3)
  times.length = 0
  const before = await client.completed(key)
  const { elapsed } = await loops(clients, once, seconds)
  const completed = (await client.completed(key)) - before
  return { completed, perSecond: completed / elapsed, ...quantiles(times) }
}

/** Waits until as many instances are completed as were started, or two minutes are over. */
async function untilCompleted({ client, key, size }: Setting): Promise<number> {
  const end = performance.now() + 120_000
  for (;;) {
    const completed = await client.completed(key)
    if (completed >= size || performance.now() > end) return completed
    await pause(100)
  }
}

/** The same work over REST on any server. */
export const restWorks: Readonly<Record<string, RestWork>> = {
  /** Start → user task → end: started with two variables, looked up, completed with one. */
  'rest-task': {
    model: (key) => userTasks(key, 1),
    async run(setting) {
      const times: number[] = []
      return instances(setting, () => userTaskInstance(setting.client, setting.key, times), times)
    },
  },
  'rest-user-tasks': {
    model: userTasks,
    async run(setting) {
      const { client, key } = setting
      const times: number[] = []
      const once = async () => {
        const { id } = await client.start(key)
        for (;;) {
          const [task] = await client.call<{ id: string }[]>('GET', `/task?processInstanceId=${id}`)
          if (!task) return
          await client.call('POST', `/task/${task.id}/complete`, {}, times)
        }
      }
      return instances(setting, once, times)
    },
  },
  'rest-sequence': { model: sequence, run: startOnly },
  'rest-fork': { model: fork, run: startOnly },
  /** From the moment when all were started until the last has ended, each step a job: the job executors at work. */
  'rest-sequence-async': {
    model: (key, steps) => sequence(key, steps, true),
    async run(setting) {
      const size = 300
      const begun = performance.now()
      await each(size, 16, () => setting.client.start(setting.key))
      const completed = await untilCompleted({ ...setting, size })
      return { completed, perSecond: completed / ((performance.now() - begun) / 1000) }
    },
  },
  /** Tasks fetched in tens and completed, from the first fetch to the last completion. */
  'rest-external': {
    model: external,
    async run({ client, key, clients, size }) {
      await each(size, 16, () => client.start(key))
      const times: number[] = []
      const begun = performance.now()
      await Promise.all(
        Array.from({ length: clients }, async (_, k) => {
          for (;;) {
            const tasks = await client.call<{ id: string }[]>('POST', '/external-task/fetchAndLock', {
              workerId: `w${k}`,
              maxTasks: 10,
              topics: [{ topicName: key, lockDuration: 60_000 }],
            })
            if (tasks.length === 0) return
            for (const { id } of tasks)
              await client.call(
                'POST',
                `/external-task/${id}/complete`,
                { workerId: `w${k}`, variables: { result: { value: 'ok', type: 'String' } } },
                times,
              )
          }
        }),
      )
      const elapsed = (performance.now() - begun) / 1000
      const completed = await client.completed(key)
      return { completed, perSecond: completed / elapsed, ...quantiles(times) }
    },
  },
  /** W5: as many workers as clients, each Camunda's own for Node with up to ten tasks at once. */
  'js-client': {
    model: external,
    async run(setting) {
      const { client, key, clients, size } = setting
      await each(size, 16, () => client.start(key, { variables }))
      let done = 0
      let finish = () => {}
      const finished = new Promise<void>((resolve) => {
        finish = resolve
      })
      const begun = performance.now()
      const workers = Array.from({ length: clients }, (_, k) => {
        const worker = new Client({
          baseUrl: client.base,
          workerId: `worker-${k}`,
          maxTasks: 10,
          maxParallelExecutions: 10,
          interval: 10,
          asyncResponseTimeout: 2000,
        })
        worker.subscribe(key, { lockDuration: 60_000 }, async ({ task, taskService }) => {
          await taskService.complete(task, new Variables({ result: { type: 'String', value: 'ok' } }))
          if (++done === size) finish()
        })
        return worker
      })
      await Promise.race([finished, pause(120_000)])
      const elapsed = (performance.now() - begun) / 1000
      for (const worker of workers) worker.stop()
      const completed = await client.completed(key)
      return { completed, perSecond: completed / elapsed }
    },
  },
  /** Messages by business key while `size` instances wait for the same one. */
  'rest-correlate': {
    model: receive,
    async run({ client, key, clients, size }) {
      await each(size, 16, (i) => client.start(key, { businessKey: `${key}-${i}` }))
      const times: number[] = []
      const messages = Math.ceil(size / 2)
      const elapsed = await each(messages, clients, (i) =>
        client.call('POST', '/message', { messageName: key, businessKey: `${key}-${i}` }, times),
      )
      const completed = await client.completed(key)
      return { completed, perSecond: completed / elapsed, ...quantiles(times) }
    },
  },
  /** What one completion costs among `size` parallel user tasks of one instance, against one alone. */
  'rest-fan': {
    model: fan,
    async run({ client, key, size }) {
      const cost = async (n: number) => {
        const { id } = await client.start(key, { variables: { n: { value: n, type: 'Integer' } } })
        const tasks = await client.call<{ id: string }[]>('GET', `/task?processInstanceId=${id}&maxResults=100000`)
        const times: number[] = []
        for (const task of tasks.slice(0, 40)) await client.call('POST', `/task/${task.id}/complete`, {}, times)
        return quantiles(times).p50Ms
      }
      for (let i = 0; i < 60; i++) await cost(2)
      const alone: number[] = []
      for (let i = 0; i < 40; i++) alone.push(await cost(1))
      const oneMs = quantiles(alone).p50Ms
      const p50Ms = await cost(size)
      return { completed: await client.completed(key), p50Ms, oneMs, ratio: p50Ms / oneMs }
    },
  },
  /** `size` timers that fall due at one moment: from then until the last instance has ended. */
  'rest-timers': {
    model: timer,
    async run(setting) {
      const { client, key, size } = setting
      const start = (date: string) => client.start(key, { variables: { due: { value: date, type: 'String' } } })
      // The moment is set after a few starts have told how long all of them will take, and set again when they took longer.
      const trial = Math.min(500, size)
      let eachMs = ((await each(trial, 16, () => start('2099-01-01T00:00:00Z'))) * 1000) / trial
      for (let round = 1; ; round++) {
        const before = await client.completed(key)
        const dueAt = Math.ceil((Date.now() + 5000 + eachMs * size * 1.5) / 1000) * 1000
        eachMs = ((await each(size, 16, () => start(`${new Date(dueAt).toISOString().slice(0, 19)}Z`))) * 1000) / size
        const isLate = Date.now() >= dueAt - 1000
        while (Date.now() < dueAt) await pause(50)
        const begun = performance.now()
        const completed = (await untilCompleted({ ...setting, size: before + size })) - before
        const perSecond = completed / ((performance.now() - begun) / 1000)
        if (!isLate) return { completed, perSecond }
        if (round === 3) throw new Error('The timers fell due before all were started: the machine is too busy to tell.')
      }
    },
  },
  /** A page of a group's tasks with two variables, `size` tasks open. */
  'rest-list': {
    model: (key) => userTasks(key, 1),
    async run({ client, key, clients, seconds, size }) {
      const values = (i: number) => ({ amount: { value: i % 100, type: 'Integer' }, town: { value: `town-${i % 18}`, type: 'String' } })
      await each(size, 16, (i) => client.start(key, { variables: values(i) }))
      const times: number[] = []
      const body = {
        processDefinitionKey: key,
        candidateGroup: 'leaders',
        processVariables: [
          { name: 'town', operator: 'eq', value: 'town-3' },
          { name: 'amount', operator: 'gteq', value: 50 },
        ],
        sorting: [{ sortBy: 'created', sortOrder: 'desc' }],
      }
      const page = async () => void (await client.call('POST', '/task?firstResult=0&maxResults=20', body, times))
      const { count, elapsed } = await loops(clients, page, seconds)
      return { pages: count, perSecond: count / elapsed, ...quantiles(times) }
    },
  },
}

export async function userTaskInstance(client: RestClient, key: string, times: number[]): Promise<void> {
  const { id } = await client.start(key, { businessKey: 'b', variables })
  const [task] = await client.call<{ id: string }[]>('GET', `/task?processInstanceId=${id}`)
  await client.call('POST', `/task/${task?.id}/complete`, { variables: { approved: { value: true, type: 'Boolean' } } }, times)
}

function startOnly(setting: Setting): Promise<Partial<Figure>> {
  const times: number[] = []
  return instances(setting, async () => void (await setting.client.start(setting.key, {}, times)), times)
}
