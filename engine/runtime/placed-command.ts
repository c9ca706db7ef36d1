import type { Command } from '../core/command.ts'
import { type Failure, failure } from '../core/failure.ts'
import type { EngineContext } from './engine-context.ts'
import { CommandRefused } from './failures.ts'
import type { LocatedKind, Place, Query } from './ports.ts'

type Unplaced<C> = C extends { readonly kind: 'start' }
  ? never
  : C extends { readonly instanceId: string }
    ? Omit<C, 'instanceId'> & { readonly instanceId?: string }
    : C

/** A command on something that exists, named by its own id: the instance may be left out, the runtime finds it. */
export type UnplacedCommand = Unplaced<Command>

/** The command with its instance, and the root whose family it runs on. Refuses what does not exist. */
export async function placeCommand(
  context: EngineContext,
  query: Query,
  command: UnplacedCommand,
): Promise<{ rootId: string; command: Command }> {
  const { kind, id } = target(command)
  const place = await context.locator.find(query, kind, id)
  if (!place) throw new CommandRefused(unknown(kind, id))
  return placedAt(place, command)
}

export function placedAt(place: Place, command: UnplacedCommand): { rootId: string; command: Command } {
  return { rootId: place.rootId, command: { ...command, instanceId: place.instanceId } as Command }
}

/** The same without asking the database: undefined when this node does not know the place. */
export function recallPlace(context: EngineContext, command: UnplacedCommand): Place | undefined {
  const { kind, id } = target(command)
  return context.locator.recall(kind, id)
}

function target(command: UnplacedCommand): { kind: LocatedKind; id: string } {
  if ('taskId' in command) return { kind: 'task', id: command.taskId }
  if ('jobId' in command) return { kind: 'job', id: command.jobId }
  if ('externalTaskId' in command) return { kind: 'externalTask', id: command.externalTaskId }
  if ('subscriptionId' in command) return { kind: 'subscription', id: command.subscriptionId }
  if ('incidentId' in command) return { kind: 'incident', id: command.incidentId }
  if (command.instanceId !== undefined) return { kind: 'instance', id: command.instanceId }
  if ('executionId' in command) return { kind: 'execution', id: command.executionId }
  throw new Error(`A ${command.kind} command names nothing.`)
}

function unknown(kind: LocatedKind, id: string): Failure {
  switch (kind) {
    case 'task':
      return failure('unknown-task', { taskId: id })
    case 'job':
      return failure('unknown-job', { jobId: id })
    case 'externalTask':
      return failure('unknown-external-task', { externalTaskId: id })
    case 'subscription':
      return failure('unknown-subscription', { subscriptionId: id })
    case 'incident':
      return failure('unknown-incident', { incidentId: id })
    case 'execution':
      return failure('unknown-execution', { executionId: id })
    case 'instance':
      return failure('unknown-instance', { instanceId: id })
  }
}
