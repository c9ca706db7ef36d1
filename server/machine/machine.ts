import { type MachineAnswer, type MachineTask, machineAnswer, machineSeen, machineTask } from '../../contracts/api/machine.ts'
import { TOPICS, type Topic } from '../../contracts/external-topics.ts'
import type { Database } from '../../database/database.ts'
import { Refusal } from '../http/problem.ts'
import { type Route, route } from '../http/route.ts'
import type { Clock } from '../organisation/index.ts'
import { makeTopicHandlers, type TopicFeatures } from './topic-handlers.ts'

/** What machines ask of the application: external tasks done by its use cases, behind machine accounts. */
export interface Machine {
  /**
   * Does a task once: the work and its answer are one transaction, so a worker that died after it asked, or whose lock passed to
   * another, gets the same answer and nothing happens twice.
   */
  handle(topic: Topic, task: MachineTask): Promise<MachineAnswer>
  readonly routes: readonly Route[]
}

export function makeMachine(deps: TopicFeatures & { database: Database; machine: Clock; onSeen?: () => void }): Machine {
  const { database } = deps
  const handlers = makeTopicHandlers(deps)

  const machine: Machine = {
    handle: (topic, task) =>
      database.transaction(async (tx) => {
        const [known] = await tx.query<{ answer: string }>('select answer from machine_answer where task_id = ?', [task.id])
        if (known) return machineAnswer.parse(JSON.parse(known.answer))
        const variables = await handlers[topic](tx, task)
        const answer: MachineAnswer = {
          variables: Object.fromEntries(
            Object.entries(variables).map(([name, value]) => [
              name,
              { type: value.t, value: typeof value.v === 'bigint' ? Number(value.v) : value.v },
            ]),
          ),
        }
        await tx.query('insert into machine_answer (task_id, topic, answer, answered_at) values (?, ?, ?, ?)', [
          task.id,
          topic,
          JSON.stringify(answer),
          deps.machine.now(),
        ])
        return answer
      }),

    routes: [
      route({
        method: 'post',
        path: '/machine/seen',
        summary: 'The workers are there and ask their engine for tasks',
        access: 'machine',
        body: machineSeen,
        answer: machineSeen,
        handle: async ({ body }) => {
          deps.onSeen?.()
          return body
        },
      }),
      route({
        method: 'post',
        path: '/machine/topics/:topic',
        summary: 'Do an external task; the same task twice has one effect',
        access: 'machine',
        body: machineTask,
        answer: machineAnswer,
        handle: async ({ params, body }) => {
          const topic = TOPICS.find((one) => one === params.topic)
          if (!topic) throw new Refusal('not-found')
          return machine.handle(topic, body)
        },
      }),
    ],
  }
  return machine
}
