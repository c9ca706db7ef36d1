import type { Tx } from '../../database/database.ts'
import { EngineError } from '../process-engine.ts'
import type { DefinitionRow } from './definition-store.ts'
import { type Suspension, scheduleSuspension } from './delayed-suspension.ts'
import type { Executor } from './executor.ts'
import { forgetInstances } from './forget-history.ts'
import type { Query } from './ports.ts'
import { writeStartEvents } from './process-starts.ts'
import { forgetTasks, lockTasksBelow } from './sub-tasks.ts'
import type { UnitOfWork } from './unit-of-work.ts'

const BATCH = 200

/** Removes and suspends what was deployed. */
export class Repository {
  private readonly executor: Executor
  /** Called within the transaction that has changed definitions. */
  private readonly changed: (tx: Tx) => void

  constructor(executor: Executor, changed: (tx: Tx) => void) {
    this.executor = executor
    this.changed = changed
  }

  /**
   * Removes a deployment. With `cascade` its instances, running and ended, go with it; without, running instances refuse it. What the
   * newest version started with goes back to the version before.
   */
  deleteDeployment(id: string, cascade: boolean, tx?: Tx): Promise<void> {
    return this.write(tx, async (unit) => {
      const { definitionStore } = this.executor.context
      const [deployment] = await unit.query('select deployment_id from re_deployment where deployment_id = ?', [id])
      if (!deployment) throw new EngineError('unknown-deployment', `There is no deployment ${id}.`, { deploymentId: id })
      await definitionStore.lockDeployments(unit.tx)
      const definitions = await definitionStore.definitionsOf(unit.query, id)
      await removeDefinitions(
        unit,
        definitions.map((definition) => definition.id),
        cascade,
        id,
      )
      if (cascade) await removeDecisionHistory(unit, id)
      for (const table of ['re_decision', 're_requirements', 're_resource', 're_deployment'])
        unit.tx.write(`delete from ${table} where deployment_id = ?`, [id])
      this.changed(unit.tx)
      for (const definition of definitions) await restoreStarts(unit, definition)
    })
  }

  /** Removes versions of processes and leaves the rest of their deployments. */
  deleteDefinitions(definitions: readonly DefinitionRow[], cascade: boolean, tx?: Tx): Promise<void> {
    return this.write(tx, async (unit) => {
      await this.executor.context.definitionStore.lockDeployments(unit.tx)
      const ids = definitions.map((definition) => definition.id)
      await removeDefinitions(unit, ids, cascade, ids.join(', '))
      this.changed(unit.tx)
      for (const definition of definitions) await restoreStarts(unit, definition)
    })
  }

  /** Now, or when it is `due`. */
  suspend(suspension: Suspension, tx?: Tx, due?: number | null): Promise<void> {
    const { of, ids, suspended, includesRunning } = suspension
    if (due !== undefined && due !== null) return this.write(tx, async (unit) => this.putOff(unit, suspension, due))
    if (ids.length === 0) return Promise.resolve()
    return of === 'process-definition'
      ? this.setDefinitionsSuspended(ids, suspended, includesRunning, tx)
      : this.setJobDefinitionsSuspended(ids, suspended, includesRunning, tx)
  }

  private putOff(unit: UnitOfWork, suspension: Suspension, due: number): void {
    scheduleSuspension(unit, suspension, due)
    this.changed(unit.tx)
  }

  /** Suspended definitions start nothing. `includeInstances`: their running instances as well. */
  setDefinitionsSuspended(ids: readonly string[], suspended: boolean, includeInstances: boolean, tx?: Tx): Promise<void> {
    return this.write(tx, async (unit) => {
      const among = inList(ids)
      unit.tx.write(`update re_definition set suspended = ? where definition_id in ${among}`, [suspended, ...ids])
      unit.tx.write(`update ru_job_definition set suspended = ? where definition_id in ${among}`, [suspended, ...ids])
      unit.tx.write(`update ru_job set suspended = ? where instance_id is null and definition_id in ${among}`, [suspended, ...ids])
      this.changed(unit.tx)
      if (!includeInstances) return
      const instances = await unit.query<{ instance_id: string; root_id: string }>(
        `select instance_id, root_id from ru_instance where definition_id in ${among} order by root_id`,
        ids,
      )
      await unit.loadFamilies(instances.map((row) => row.root_id))
      for (const row of instances) {
        const alive = unit.family(row.root_id)?.instances.get(row.instance_id)
        if (alive && alive.suspended !== suspended)
          await unit.run(row.root_id, { kind: 'setSuspended', instanceId: row.instance_id, suspended })
      }
    })
  }

  /** Job definitions decide about future jobs; `includeJobs`: those that wait already as well. */
  setJobDefinitionsSuspended(ids: readonly string[], suspended: boolean, includeJobs: boolean, tx?: Tx): Promise<void> {
    return this.write(tx, async (unit) => {
      unit.tx.write(`update ru_job_definition set suspended = ? where job_definition_id in ${inList(ids)}`, [suspended, ...ids])
      this.changed(unit.tx)
      if (!includeJobs) return
      unit.tx.write(`update ru_job set suspended = ? where instance_id is null and job_definition_id in ${inList(ids)}`, [
        suspended,
        ...ids,
      ])
      await forJobsOf(unit, ids, (jobId, instanceId, rootId) => unit.run(rootId, { kind: 'setJobSuspended', instanceId, jobId, suspended }))
    })
  }

  /** null: the model's own priority again. */
  setJobDefinitionPriority(id: string, priority: number | null, includeJobs: boolean, tx?: Tx): Promise<void> {
    return this.write(tx, async (unit) => {
      unit.tx.write('update ru_job_definition set priority = ? where job_definition_id = ?', [priority, id])
      this.changed(unit.tx)
      if (!includeJobs || priority === null) return
      unit.tx.write('update ru_job set priority = ? where instance_id is null and job_definition_id = ?', [priority, id])
      await forJobsOf(unit, [id], (jobId, instanceId, rootId) => unit.run(rootId, { kind: 'setJobPriority', instanceId, jobId, priority }))
    })
  }

  /** Retries of the failed jobs of a job definition; with `due` their due date as well. */
  setJobDefinitionRetries(id: string, retries: number, due?: number | null, tx?: Tx): Promise<void> {
    return this.write(tx, async (unit) => {
      const moved = due === undefined ? {} : { due }
      unit.tx.write(
        `update ru_job set retries = ?${due === undefined ? '' : ', due_at = ?'} where instance_id is null and job_definition_id = ? and retries = 0`,
        [retries, ...(due === undefined ? [] : [due]), id],
      )
      await forJobsOf(unit, [id], (jobId, instanceId, rootId, left) =>
        left > 0 ? Promise.resolve() : unit.run(rootId, { kind: 'setJobRetries', instanceId, jobId, retries, ...moved }),
      )
    })
  }

  private write(tx: Tx | undefined, work: (unit: UnitOfWork) => Promise<void>): Promise<void> {
    const { database } = this.executor.context
    const run = async (into: Tx) => {
      const unit = this.executor.unitOf(into)
      await work(unit)
      unit.flush()
    }
    const joined = tx ?? database.current()
    return joined ? run(joined) : database.transaction(run)
  }
}

async function removeDefinitions(unit: UnitOfWork, ids: readonly string[], cascade: boolean, what: string): Promise<void> {
  if (ids.length === 0) return
  if (cascade) await removeInstances(unit, ids)
  else await assertUnused(unit.query, ids, what)
  removeDefinitionRows(unit.tx, ids)
}

async function removeDecisionHistory(unit: UnitOfWork, deploymentId: string): Promise<void> {
  const ids = (
    await unit.query<{ decision_id: string }>('select decision_id from re_decision where deployment_id = ?', [deploymentId])
  ).map((row) => row.decision_id)
  unit.tx.write(
    `delete from hi_decision_value where decision_instance_id in (select decision_instance_id from hi_decision where decision_id in ${inList(ids)})`,
    ids,
  )
  unit.tx.write(`delete from hi_decision where decision_id in ${inList(ids)}`, ids)
}

const inList = (ids: readonly unknown[]) => `(${ids.length === 0 ? 'null' : ids.map(() => '?').join(', ')})`

async function forJobsOf(
  unit: UnitOfWork,
  jobDefinitionIds: readonly string[],
  each: (jobId: string, instanceId: string, rootId: string, retries: number) => Promise<unknown>,
): Promise<void> {
  const jobs = await unit.query<{ job_id: string; instance_id: string; root_id: string; retries: number }>(
    `select job_id, instance_id, root_id, retries from ru_job where instance_id is not null and job_definition_id in ${inList(jobDefinitionIds)} order by root_id`,
    jobDefinitionIds,
  )
  await unit.loadFamilies(jobs.map((job) => job.root_id))
  for (const job of jobs)
    if (unit.family(job.root_id)?.instances.get(job.instance_id)?.jobs.has(job.job_id))
      await each(job.job_id, job.instance_id, job.root_id, job.retries)
}

async function assertUnused(query: Query, definitionIds: readonly string[], deploymentId: string): Promise<void> {
  const [used] = await query(`select instance_id from ru_instance where definition_id in ${inList(definitionIds)} limit 1`, definitionIds)
  if (used) throw new EngineError('deployment-in-use', `Instances of deployment ${deploymentId} are running.`, { deploymentId })
}

/**
 * Running instances that other families have called are deleted by command, so that their callers learn of it; families of its own
 * vanish with all their rows.
 */
async function removeInstances(unit: UnitOfWork, definitionIds: readonly string[]): Promise<void> {
  const called = await unit.query<{ instance_id: string; root_id: string; root_definition: string }>(
    `select i.instance_id, i.root_id, r.definition_id as root_definition from ru_instance i join ru_instance r on r.instance_id = i.root_id
     where i.definition_id in ${inList(definitionIds)} order by i.root_id`,
    definitionIds,
  )
  const own = new Set(definitionIds)
  await unit.loadFamilies(called.map((row) => row.root_id))
  for (const row of called)
    if (!own.has(row.root_definition) && unit.family(row.root_id)?.instances.has(row.instance_id))
      await unit.run(row.root_id, {
        kind: 'delete',
        instanceId: row.instance_id,
        reason: 'deployment deleted',
        skipCustomListeners: true,
        skipIoMappings: true,
        skipSubprocesses: false,
      })
  unit.flush()
  const rows = await unit.query<{ instance_id: string }>(
    `select instance_id from hi_instance where root_id in (select instance_id from hi_instance where definition_id in ${inList(definitionIds)})
     or definition_id in ${inList(definitionIds)}`,
    [...definitionIds, ...definitionIds],
  )
  const ids = rows.map((row) => row.instance_id)
  for (let i = 0; i < ids.length; i += BATCH) await removeRows(unit, ids.slice(i, i + BATCH))
  unit.tx.write(`delete from hi_job_log where definition_id in ${inList(definitionIds)}`, definitionIds)
}

const RUNTIME_OF_INSTANCE = [
  'ru_execution',
  'ru_variable',
  'ru_task',
  'ru_job',
  'ru_external_task',
  'ru_subscription',
  'ru_incident',
  'ru_chunk',
  'ru_instance',
] as const

async function removeRows({ tx, query, context }: UnitOfWork, instanceIds: readonly string[]): Promise<void> {
  const among = inList(instanceIds)
  const parents = await query<{ readonly task_id: string }>(
    `select parent.task_id from ru_task made join ru_task parent on parent.task_id = made.parent_task_id
     where made.instance_id is null and parent.instance_id in ${among}`,
    instanceIds,
  )
  const below = await lockTasksBelow(
    query,
    context.database.dialect,
    parents.map((row) => row.task_id),
  )
  forgetTasks(tx, below)
  tx.write(`delete from ru_identity_link where task_id in (select task_id from ru_task where instance_id in ${among})`, instanceIds)
  for (const table of RUNTIME_OF_INSTANCE) tx.write(`delete from ${table} where instance_id in ${among}`, instanceIds)
  tx.write(`delete from hi_comment where root_id in ${among}`, instanceIds)
  forgetInstances(tx, instanceIds)
}

function removeDefinitionRows(tx: Tx, ids: readonly string[]): void {
  const among = inList(ids)
  tx.write(`delete from ru_subscription where instance_id is null and definition_id in ${among}`, ids)
  tx.write(`delete from ru_job where instance_id is null and definition_id in ${among}`, ids)
  tx.write(`delete from ru_identity_link where task_id = '' and definition_id in ${among}`, ids)
  tx.write(`delete from ru_job_definition where definition_id in ${among}`, ids)
  tx.write(`delete from re_definition where definition_id in ${among}`, ids)
}

/** When the newest version is gone, the one before starts again by its messages, signals and timers. */
async function restoreStarts(unit: UnitOfWork, { key, tenantId, version }: DefinitionRow): Promise<void> {
  const { definitionStore, definitions } = unit.context
  const row = await definitionStore.definitionByKey(unit.query, key, tenantId, { by: 'latest' })
  if (!row || row.version > version) return
  const found = await definitions.get(unit.query, row.id, true)
  if (!found) return
  definitionStore.removeStarts(unit.tx, key, tenantId)
  const jobDefinitionIds = new Map(Object.entries(found.definition.jobDefinitions).map(([declaration, job]) => [declaration, job.id]))
  await writeStartEvents(unit, row, found.definition.model, jobDefinitionIds)
}
