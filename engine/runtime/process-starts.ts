import { type Expression, evaluateExpression, toText } from '../core/expression/index.ts'
import { failure } from '../core/failure.ts'
import type { Timer } from '../core/model/job-declaration.ts'
import type { ProcessModel } from '../core/model/process-model.ts'
import { dueOfDate, dueOfDuration, startOfCycle } from '../core/time/timer.ts'
import { EngineError } from '../process-engine.ts'
import type { DefinitionRow } from './definition-store.ts'
import { CommandRefused } from './failures.ts'
import type { UnitOfWork } from './unit-of-work.ts'

/**
 * What a new version brings into the tables beside its own row: job definitions, candidate starters, and the messages, signals,
 * conditions and timers that start it, which take the place of the older versions'.
 */
export async function writeStarts(unit: UnitOfWork, row: DefinitionRow, model: ProcessModel): Promise<void> {
  const { definitionStore: store, newId } = unit.context
  const { tx } = unit
  const owner = { definitionId: row.id, definitionKey: row.key, tenantId: row.tenantId }
  store.removeStarts(tx, row.key, row.tenantId)
  const jobDefinitionIds = new Map<string, string>()
  for (const job of model.jobs) {
    const id = newId()
    jobDefinitionIds.set(job.key, id)
    store.insertJobDefinition(tx, {
      id,
      ...owner,
      deploymentId: row.deploymentId,
      activityId: job.activityId,
      handler: job.handler,
      configuration: job.configuration,
      suspended: false,
      priority: null,
      declaration: job.key,
    })
  }
  for (const userId of model.candidateStarterUsers)
    store.insertStarterLink(tx, { id: newId(), definitionId: row.id, userId, groupId: null, tenantId: row.tenantId })
  for (const groupId of model.candidateStarterGroups)
    store.insertStarterLink(tx, { id: newId(), definitionId: row.id, userId: null, groupId, tenantId: row.tenantId })
  await writeStartEvents(unit, row, model, jobDefinitionIds)
}

/** What starts the definition from outside. `jobDefinitionIds`: by declaration. */
export async function writeStartEvents(
  unit: UnitOfWork,
  row: DefinitionRow,
  model: ProcessModel,
  jobDefinitionIds: ReadonlyMap<string, string>,
): Promise<void> {
  const { definitionStore: store, newId, settings } = unit.context
  const { tx } = unit
  const owner = { definitionId: row.id, definitionKey: row.key, tenantId: row.tenantId }
  for (const start of model.starts) {
    const common = { id: newId(), activityId: start.nodeId, ...owner, createdAt: unit.now }
    if (start.kind === 'message' || start.kind === 'signal') {
      const name = textOf(start.name, unit)
      if (start.kind === 'message') await assertUnique(unit, name, row)
      store.insertStartSubscription(tx, { ...common, type: start.kind, name })
    } else if (start.kind === 'conditional') store.insertStartSubscription(tx, { ...common, type: 'conditional', name: null })
    else if (start.kind === 'timer') {
      const declaration = model.jobs.find((job) => job.key === start.declaration)
      const jobDefinitionId = jobDefinitionIds.get(start.declaration)
      if (!declaration?.timer || jobDefinitionId === undefined) throw new Error(`Start event ${start.nodeId} has no timer.`)
      store.insertStartTimer(tx, {
        ...common,
        declaration: declaration.key,
        jobDefinitionId,
        deploymentId: row.deploymentId,
        ...firstDue(declaration.timer, start.nodeId, unit),
        retries: settings.defaultRetries,
        priority: priorityOf(declaration.priority ?? model.jobPriority, unit),
      })
    }
  }
}

async function assertUnique(unit: UnitOfWork, name: string, row: DefinitionRow): Promise<void> {
  const owners = await unit.context.definitionStore.startMessageOwners(unit.query, name, row.tenantId)
  if (owners.some((key) => key !== row.key))
    throw new EngineError(
      'duplicate-start-message',
      `Process ${row.key} cannot start with message ${name}: ${owners.join(', ')} does already.`,
      {
        name,
      },
    )
}

/** When a timer that starts instances is due for the first time. `from`: when it was made. */
export function firstDue(timer: Timer, activityId: string, unit: UnitOfWork, from = unit.now): { due: number; repeat: string | null } {
  const { zone } = unit.context.settings
  const text = textOf(timer.text, unit)
  if (timer.kind === 'cycle') {
    const cycle = startOfCycle(text, from, zone)
    if (cycle) return cycle
  } else {
    const due = timer.kind === 'date' ? dueOfDate(text, from, zone) : dueOfDuration(text, from, zone)
    if (due !== undefined) return { due, repeat: null }
  }
  throw new CommandRefused(failure('invalid-timer', { activityId, text }))
}

function priorityOf(expression: Expression | null, unit: UnitOfWork): number {
  const priority = expression === null ? 0 : Number(textOf(expression, unit))
  return Number.isInteger(priority) ? priority : 0
}

/** Names and dates of start events are read before there is an instance: no variables. */
function textOf(expression: Expression, unit: UnitOfWork): string {
  const { zone } = unit.context.settings
  const evaluated = evaluateExpression(expression, { now: unit.now, zone, resolve: () => undefined })
  if (!evaluated.ok)
    throw new CommandRefused(failure('expression-failed', { expression: expression.text, reason: evaluated.failure.message }))
  const { value } = evaluated
  return value.t === 'Date' ? new Date(value.v).toISOString() : toText(value, zone)
}
