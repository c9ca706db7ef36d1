import type { Variables } from '../core/value.ts'
import {
  type Definitions,
  type Deployments,
  EngineError,
  type ExternalTasks,
  type History,
  type Incidents,
  type InstanceInfo,
  type Instances,
  type Jobs,
  type Messages,
  type ProcessEngine,
  type Signals,
  type Tasks,
} from '../process-engine.ts'
import { activityTree } from './activity-tree.ts'
import { definitionInfo } from './deployments.ts'
import type { EngineRuntime } from './engine-runtime.ts'
import { CommandRefused } from './failures.ts'
import { historicInstance, listActivities, listIncidents, listInstances, listJobs, listTasks } from './port-queries.ts'
import { visibleVariables } from './visible-variables.ts'

/** The port over the engine of this process. `pump`: run due jobs by itself once started. */
export function embeddedEngine(runtime: EngineRuntime, pump: boolean): ProcessEngine & { readonly runtime: EngineRuntime } {
  return {
    kind: 'embedded',
    runtime,
    deployments: deploymentsOf(runtime),
    definitions: definitionsOf(runtime),
    instances: instancesOf(runtime),
    tasks: tasksOf(runtime),
    externalTasks: externalTasksOf(runtime),
    messages: messagesOf(runtime),
    signals: signalsOf(runtime),
    jobs: jobsOf(runtime),
    incidents: incidentsOf(runtime),
    history: {
      activities: (filter, tx) => listActivities(runtime.query(tx), filter),
      instance: (id, tx) => historicInstance(runtime.query(tx), id),
    } satisfies History,
    onEvent: (listener) => runtime.context.listeners.add(listener),
    caughtUp: async () => true,
    start: async () => runtime.start(pump),
    stop: () => runtime.stop(),
  }
}

const deploymentsOf = (runtime: EngineRuntime): Deployments => ({
  async create(request, tx) {
    const deployed = await runtime.deployments.create(request, tx)
    return { id: deployed.id, definitions: deployed.definitions.map(definitionInfo) }
  },
  check: (resources) => runtime.deployments.check(resources),
})

const definitionsOf = (runtime: EngineRuntime): Definitions => ({
  async latestByKey(key, tenantId, tx) {
    const row = await runtime.latest(key, tenantId ?? null, tx)
    return row && definitionInfo(row)
  },
  async byId(id, tx) {
    const row = await runtime.definitionRow(id, tx)
    return row && definitionInfo(row)
  },
  async xml(id, tx) {
    const row = await runtime.definitionRow(id, tx)
    const resource = row && (await runtime.context.definitionStore.resource(runtime.query(tx), row.deploymentId, row.resourceName))
    if (!resource) throw new EngineError('unknown-definition', `There is no definition ${id}.`, { ref: id })
    return new TextDecoder().decode(resource.content)
  },
})

const instancesOf = (runtime: EngineRuntime): Instances => ({
  async start(request, tx) {
    const { instanceId, definition, done } = await runtime.startInstance(
      {
        ...(request.definitionId !== undefined && { definitionId: request.definitionId }),
        ...(request.definitionKey !== undefined && { definitionKey: request.definitionKey }),
        ...(request.tenantId !== undefined && { tenantId: request.tenantId }),
        businessKey: request.businessKey ?? null,
        variables: request.variables ?? {},
      },
      tx,
    )
    const started = done.family.instances.get(instanceId)
    return {
      id: instanceId,
      definitionId: definition.id,
      definitionKey: definition.key,
      businessKey: request.businessKey ?? null,
      rootProcessInstanceId: instanceId,
      superProcessInstanceId: null,
      tenantId: started?.tenantId ?? definition.tenantId ?? request.tenantId ?? null,
      suspended: false,
      ended: !started,
    } satisfies InstanceInfo
  },
  byId: async (id, tx) => (await listInstances(runtime.query(tx), { id }))[0] ?? null,
  list: (filter, tx) => listInstances(runtime.query(tx), filter),
  async variables(id, tx) {
    const instance = await runtime.instance(id, tx)
    if (!instance) throw unknownInstance(id)
    return visibleVariables(instance, id)
  },
  async setVariables(id, variables, tx) {
    await runtime.execute({ kind: 'setVariables', instanceId: id, executionId: id, variables, remove: [], local: false }, tx)
  },
  async activityTree(id, tx) {
    const instance = await runtime.instance(id, tx)
    const definition = instance && (await runtime.definitions.get(runtime.query(tx), instance.definitionId, false))
    return instance && definition ? activityTree(instance, definition.definition) : null
  },
  async modify(id, instructions, tx) {
    const withVariables = instructions.map((instruction) => {
      if (instruction.type === 'cancel') return instruction
      const { variables, ...rest } = instruction
      const list = Object.entries(variables ?? {}).map(([name, value]) => ({ name, value, local: false }))
      return { ...rest, ...(list.length > 0 && { variables: list }) }
    })
    await runtime.execute(
      { kind: 'modify', instanceId: id, instructions: withVariables, skipCustomListeners: false, skipIoMappings: false },
      tx,
    )
  },
  async delete(id, reason, tx) {
    await runtime.execute(
      { kind: 'delete', instanceId: id, reason, skipCustomListeners: false, skipIoMappings: false, skipSubprocesses: false },
      tx,
    )
  },
})

const tasksOf = (runtime: EngineRuntime): Tasks => ({
  byId: async (id, tx) => (await listTasks(runtime.query(tx), { id }))[0] ?? null,
  list: (filter, tx) => listTasks(runtime.query(tx), filter),
  async complete(id, variables: Variables = {}, tx) {
    await runtime.execute({ kind: 'completeTask', taskId: id, variables }, tx)
  },
  async setAssignee(id, assignee, tx) {
    await runtime.execute({ kind: 'assignTask', taskId: id, userId: assignee }, tx)
  },
})

const externalTasksOf = (runtime: EngineRuntime): ExternalTasks => ({
  async fetchAndLock({ workerId, maxTasks, topics }) {
    const fetched = await runtime.externalTasks.fetchAndLock({ workerId, maxTasks, topics })
    return fetched.map(({ task, instance, variables }) => ({
      id: task.id,
      topicName: task.topic,
      workerId,
      lockExpiresAt: task.lockExpiresAt ?? 0,
      activityId: task.node,
      processInstanceId: instance.id,
      businessKey: instance.businessKey,
      tenantId: instance.tenantId,
      retries: task.retries,
      variables,
    }))
  },
  async complete(id, { workerId, variables = {}, localVariables = {} }, tx) {
    await runtime.execute({ kind: 'completeExternalTask', externalTaskId: id, workerId, variables, localVariables }, tx)
  },
  async failure(id, { workerId, errorMessage, errorDetails, retries, retryTimeoutMs }, tx) {
    await runtime.execute(
      {
        kind: 'failExternalTask',
        externalTaskId: id,
        workerId,
        errorMessage,
        errorDetails: errorDetails ?? null,
        retries,
        retryTimeoutMs,
        variables: {},
        localVariables: {},
      },
      tx,
    )
  },
  async bpmnError(id, { workerId, errorCode, errorMessage, variables = {} }, tx) {
    await runtime.execute(
      { kind: 'externalTaskBpmnError', externalTaskId: id, workerId, errorCode, errorMessage: errorMessage ?? null, variables },
      tx,
    )
  },
  async setRetries(id, retries, tx) {
    await runtime.execute({ kind: 'setExternalTaskRetries', externalTaskId: id, retries }, tx)
  },
})

const incidentsOf = (runtime: EngineRuntime): Incidents => ({
  list: (filter, tx) => listIncidents(runtime.query(tx), filter),
  async resolve(id, tx) {
    await runtime.execute({ kind: 'resolveIncident', incidentId: id }, tx)
  },
})

const messagesOf = (runtime: EngineRuntime): Messages => ({
  async correlate(request, tx) {
    const correlated = await runtime.correlate(request, tx)
    return correlated.map(({ kind, processInstanceId }) => ({ kind, processInstanceId }))
  },
})

const signalsOf = (runtime: EngineRuntime): Signals => ({
  broadcast: ({ name, variables = {}, tenantId }, tx) =>
    runtime.broadcast({ name, variables, ...(tenantId !== undefined && { tenantId }) }, tx),
})

const jobsOf = (runtime: EngineRuntime): Jobs => ({
  list: (filter, tx) => listJobs(runtime.query(tx), filter),
  async setDue(id, due, tx) {
    try {
      await runtime.execute({ kind: 'setJobDue', jobId: id, due, cascade: false }, tx)
    } catch (error) {
      if (!(error instanceof CommandRefused) || error.code !== 'unknown-job') throw error
      await changeStartTimer(runtime, id, 'due_at', due)
    }
  },
  async setRetries(id, retries, tx) {
    try {
      await runtime.execute({ kind: 'setJobRetries', jobId: id, retries }, tx)
    } catch (error) {
      if (!(error instanceof CommandRefused) || error.code !== 'unknown-job') throw error
      await changeStartTimer(runtime, id, 'retries', retries)
    }
  },
  execute: (id) => runtime.jobs.execute(id),
  runDue: () => runtime.jobs.runDue(),
})

/** Timers that start instances belong to no family: their row is all there is of them. */
async function changeStartTimer(runtime: EngineRuntime, id: string, column: 'due_at' | 'retries', value: number): Promise<void> {
  await runtime.database.transaction(async (tx) => {
    const [job] = await tx.query('select job_id from ru_job where job_id = ? and instance_id is null', [id])
    if (!job) throw new EngineError('unknown-job', `There is no job ${id}.`, { jobId: id })
    tx.write(`update ru_job set ${column} = ? where job_id = ?`, [value, id])
    tx.afterCommit(() => runtime.jobs.wake())
  })
}

const unknownInstance = (instanceId: string) => new EngineError('unknown-instance', `There is no instance ${instanceId}.`, { instanceId })
