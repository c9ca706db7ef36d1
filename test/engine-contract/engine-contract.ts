import { afterAll, beforeAll, describe, expect, it } from '@jest/globals'
import { EngineError, type EngineEvent, type ProcessEngine, type Value } from '../../engine/process-engine.ts'
import { models } from './models.ts'

/** A running engine under test and how it is put away. `settle` waits until events of what was done have been told. */
export interface ContractSubject {
  readonly engine: ProcessEngine
  settle(): Promise<unknown>
  close(): Promise<void>
}

const text = (v: string): Value => ({ t: 'String', v })

/** What every implementation of the port must do; one body for all of them. */
export function describeEngineContract(name: string, open: () => Promise<ContractSubject>): void {
  describe(`process engine: ${name}`, () => {
    let subject: ContractSubject
    let engine: ProcessEngine
    const events: EngineEvent[] = []

    beforeAll(async () => {
      subject = await open()
      engine = subject.engine
      engine.onEvent(async (event) => {
        events.push(event)
      })
      const { broken, ...sound } = models
      await engine.deployments.create({
        name: 'contract',
        resources: Object.entries(sound).map(([key, content]) => ({ name: `${key}.bpmn`, content })),
      })
    })
    afterAll(() => subject.close())

    const start = (definitionKey: string, variables: Record<string, Value> = {}, businessKey?: string) =>
      engine.instances.start({ definitionKey, variables, businessKey })
    const tasksOf = async (id: string) => (await engine.tasks.list({ processInstanceId: id })).map((task) => task.taskDefinitionKey)
    const completeFirst = async (id: string, variables: Record<string, Value> = {}) => {
      const [task] = await engine.tasks.list({ processInstanceId: id })
      await engine.tasks.complete(task!.id, variables)
    }
    const passed = async (id: string) => (await engine.history.activities({ processInstanceId: id })).map((activity) => activity.activityId)
    const codeOf = (work: Promise<unknown>) =>
      work.then(
        () => 'accepted',
        (error: unknown) => (error instanceof EngineError ? error.code : String(error)),
      )

    it('takes the way of the outcome when a task is completed', async () => {
      const { id } = await start('approval')

      await completeFirst(id, { outcome: text('APPROVE') })

      expect(await passed(id)).toEqual(['start', 'decide', 'fork', 'accepted'])
      expect(await engine.history.instance(id)).toMatchObject({ state: 'COMPLETED', definitionKey: 'approval' })
      expect(await engine.instances.byId(id)).toBeNull()
    })

    it('takes the default way when no condition holds', async () => {
      const { id } = await start('approval')

      await completeFirst(id, { outcome: text('REJECT') })

      expect(await passed(id)).toEqual(['start', 'decide', 'fork', 'refused'])
    })

    it('keeps types and business key of what it was started with', async () => {
      const variables: Record<string, Value> = {
        s: text('巴公镇'),
        i: { t: 'Integer', v: 7 },
        l: { t: 'Long', v: 8n },
        d: { t: 'Double', v: 1.5 },
        b: { t: 'Boolean', v: true },
        n: { t: 'Null', v: null },
        at: { t: 'Date', v: 1_700_000_000_000 },
      }

      const instance = await start('approval', variables, '泽州-2023-0001')

      expect(await engine.instances.variables(instance.id)).toEqual(variables)
      expect(instance).toMatchObject({ businessKey: '泽州-2023-0001', definitionKey: 'approval', ended: false })
      expect((await engine.instances.list({ businessKey: '泽州-2023-0001' })).map((found) => found.id)).toEqual([instance.id])
    })

    it('refuses a task that was completed before', async () => {
      const { id } = await start('approval')
      const [task] = await engine.tasks.list({ processInstanceId: id })
      await engine.tasks.complete(task!.id, { outcome: text('APPROVE') })

      expect(await codeOf(engine.tasks.complete(task!.id))).not.toBe('accepted')
    })

    it('hands an external task to one worker and goes on when it is completed', async () => {
      const { id } = await start('external', { amount: { t: 'Integer', v: 5 } })
      const topics = [{ topicName: 'contract-work', lockMs: 60_000 }]

      const [task] = await engine.externalTasks.fetchAndLock({ workerId: 'one', maxTasks: 5, topics })
      const others = await engine.externalTasks.fetchAndLock({ workerId: 'two', maxTasks: 5, topics })
      const stolen = await codeOf(engine.externalTasks.complete(task!.id, { workerId: 'two' }))
      await engine.externalTasks.complete(task!.id, { workerId: 'one' })

      expect(task).toMatchObject({ processInstanceId: id, activityId: 'work', variables: { amount: { t: 'Integer', v: 5 } } })
      expect(others).toEqual([])
      expect(stolen).not.toBe('accepted')
      expect(await passed(id)).toEqual(['start', 'work', 'done'])
    })

    it('catches the BPMN error of an external task at its boundary', async () => {
      const { id } = await start('external')
      const [task] = await engine.externalTasks.fetchAndLock({
        workerId: 'one',
        maxTasks: 1,
        topics: [{ topicName: 'contract-work', lockMs: 60_000 }],
      })

      await engine.externalTasks.bpmnError(task!.id, { workerId: 'one', errorCode: 'WRONG' })

      expect(await passed(id)).toEqual(expect.arrayContaining(['caught', 'mended']))
    })

    it('raises an incident when an external task has no retries left', async () => {
      const { id } = await start('external')
      const [task] = await engine.externalTasks.fetchAndLock({
        workerId: 'one',
        maxTasks: 1,
        topics: [{ topicName: 'contract-work', lockMs: 60_000 }],
      })

      await engine.externalTasks.failure(task!.id, { workerId: 'one', errorMessage: 'no paper', retries: 0, retryTimeoutMs: 0 })

      expect(await engine.incidents.list({ processInstanceId: id })).toMatchObject([
        { type: 'failedExternalTask', message: 'no paper', activityId: 'work' },
      ])
      await engine.instances.delete(id, 'put away')
    })

    it('joins the branches once a message and a signal have come', async () => {
      const { id } = await start('waiting', {}, 'meeting')

      const receivers = await engine.messages.correlate({ name: 'contract-go', businessKey: 'meeting' })
      const again = await codeOf(engine.messages.correlate({ name: 'contract-go', businessKey: 'meeting' }))
      const forAll = await engine.messages.correlate({ name: 'contract-go', businessKey: 'meeting', all: true })
      await engine.signals.broadcast({ name: 'contract-all' })

      expect(receivers).toEqual([{ kind: 'execution', processInstanceId: id }])
      expect(again).toBe('message-mismatch')
      expect(forAll).toEqual([])
      expect(await engine.history.instance(id)).toMatchObject({ state: 'COMPLETED' })
    })

    it('leaves by the boundary timer when its job is executed', async () => {
      const { id } = await start('timer')
      const [job] = await engine.jobs.list({ processInstanceId: id })

      await engine.jobs.execute(job!.id)

      expect(job).toMatchObject({ activityId: 'due', kind: 'timer' })
      expect(await passed(id)).toEqual(expect.arrayContaining(['due', 'late']))
      expect(await tasksOf(id)).toEqual([])
    })

    it('moves a due date and runs what is due', async () => {
      const { id } = await start('timer')
      const [job] = await engine.jobs.list({ processInstanceId: id })

      await engine.jobs.setDue(job!.id, 1_000_000_000_000)
      await engine.jobs.runDue()

      expect(await engine.history.instance(id)).toMatchObject({ state: 'COMPLETED' })
    })

    it('carries variables and business key into a call and back', async () => {
      const { id } = await start('caller', { amount: { t: 'Integer', v: 3 } }, 'call-1')
      const [called] = await engine.instances.list({ superProcessInstanceId: id })

      const inside = await engine.instances.variables(called!.id)
      await completeFirst(called!.id, { verdict: text('fine') })

      expect(called).toMatchObject({
        definitionKey: 'called',
        businessKey: 'call-1',
        rootProcessInstanceId: id,
        superProcessInstanceId: id,
      })
      expect(inside).toEqual({ amount: { t: 'Integer', v: 3 } })
      expect(await tasksOf(id)).toEqual(['after'])
      expect(await engine.instances.variables(id)).toMatchObject({ answer: text('fine') })
    })

    it('ends a parallel multi-instance when its completion condition holds', async () => {
      const { id } = await start('many')
      const open = await tasksOf(id)

      await completeFirst(id)
      await completeFirst(id)

      expect(open).toEqual(['vote', 'vote', 'vote'])
      expect(await engine.history.instance(id)).toMatchObject({ state: 'COMPLETED' })
    })

    it('moves a token by one modification', async () => {
      const { id } = await start('caller', { amount: { t: 'Integer', v: 1 } })

      await engine.instances.modify(id, [
        { type: 'startBeforeActivity', activityId: 'after' },
        { type: 'cancel', activityId: 'call' },
      ])

      expect(await tasksOf(id)).toEqual(['after'])
      expect(await engine.instances.list({ superProcessInstanceId: id })).toEqual([])
    })

    it('shows where the tokens are', async () => {
      const { id } = await start('waiting')

      const tree = await engine.instances.activityTree(id)

      expect(tree?.childActivityInstances.map((node) => node.activityId).sort()).toEqual(['first', 'second'])
      await engine.instances.delete(id, 'put away')
      expect(await engine.history.instance(id)).toMatchObject({ state: 'EXTERNALLY_TERMINATED' })
    })

    it('refuses a broken model with the element and its place, and keeps nothing of it', async () => {
      const refused = engine.deployments.create({ name: 'broken', resources: [{ name: 'broken.bpmn', content: models.broken }] })

      const error = await refused.then(
        () => null,
        (thrown: unknown) => thrown as EngineError,
      )

      expect(error?.code).toBe('parse-failed')
      expect(error?.findings.find((finding) => finding.elementIds.includes('start-nowhere'))).toMatchObject({
        resource: 'broken.bpmn',
        line: 1,
      })
      expect(await engine.definitions.latestByKey('broken')).toBeNull()
    })

    it('finds the deployment of the same tenant again when nothing has changed', async () => {
      const deploy = (tenantId: string | null) =>
        engine.deployments.create({
          name: 'contract tenants',
          tenantId,
          resources: [{ name: 'approval.bpmn', content: models.approval }],
          duplicateFiltering: true,
        })
      const first = await deploy('tenant-1')
      const second = await deploy('tenant-2')

      expect(await deploy('tenant-1')).toEqual(first)
      expect(await deploy('tenant-2')).toEqual(second)
      expect(second.definitions.map((definition) => definition.tenantId)).toEqual(['tenant-2'])
    })

    it('tells what happened, in order', async () => {
      const { id } = await start('approval', {}, 'told')
      await completeFirst(id, { outcome: text('APPROVE') })

      await subject.settle()

      const told = events.filter(
        (event) =>
          ('processInstanceId' in event && event.processInstanceId === id) ||
          (event.kind === 'instance-started' && event.instance.id === id) ||
          (event.kind === 'task-created' && event.task.processInstanceId === id),
      )
      const kinds = told.map((event) => event.kind)
      expect(kinds[0]).toBe('instance-started')
      expect(kinds.at(-1)).toBe('instance-ended')
      expect(told.filter((event) => event.kind === 'task-ended')).toMatchObject([{ taskDefinitionKey: 'decide', reason: 'completed' }])
      expect(told.flatMap((event) => (event.kind === 'activity-ended' ? [event.activityId] : []))).toEqual([
        'start',
        'decide',
        'fork',
        'accepted',
      ])
    })
  })
}
