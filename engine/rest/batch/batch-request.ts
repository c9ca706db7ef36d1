import type { Tx } from '../../../database/database.ts'
import type { Command, Instruction } from '../../core/command.ts'
import type { Variables } from '../../core/value.ts'
import { EngineError } from '../../process-engine.ts'
import type { EngineRuntime } from '../../runtime/engine-runtime.ts'
import { forgetInstances } from '../../runtime/forget-history.ts'
import { plainValue, valueOfPlain } from '../../runtime/value-columns.ts'
import { type Restart, restartInstance } from '../process-definition/restart.ts'
import { type Removal, setRemovalOfDecision, setRemovalOfInstance } from './removal.ts'

/** What a batch does with each of its items. `kind` is Camunda's name of the batch type. */
export type BatchRequest =
  | { readonly kind: 'set-job-retries'; readonly retries: number; readonly due?: number | null }
  | { readonly kind: 'set-external-task-retries'; readonly retries: number }
  | {
      readonly kind: 'instance-deletion'
      readonly reason: string | null
      readonly skipCustomListeners: boolean
      readonly skipSubprocesses: boolean
    }
  | { readonly kind: 'historic-instance-deletion' | 'historic-decision-instance-deletion' }
  | { readonly kind: 'process-set-removal-time'; readonly removal: Removal; readonly hierarchical: boolean }
  | { readonly kind: 'decision-set-removal-time'; readonly removal: Removal; readonly hierarchical: boolean }
  | { readonly kind: 'batch-set-removal-time'; readonly removal: Removal }
  | { readonly kind: 'instance-update-suspension-state'; readonly suspended: boolean }
  | {
      readonly kind: 'instance-modification'
      readonly instructions: readonly Instruction[]
      readonly skipCustomListeners: boolean
      readonly skipIoMappings: boolean
    }
  | { readonly kind: 'instance-restart'; readonly restart: Restart }
  | { readonly kind: 'instance-migration'; readonly migration: Omit<Extract<Command, { readonly kind: 'migrate' }>, 'kind' | 'instanceId'> }
  | { readonly kind: 'correlate-message'; readonly messageName: string | null; readonly variables: Variables }
  | { readonly kind: 'set-variables'; readonly variables: Variables }

/** Does it to one item, in the caller's transaction. Throws when the engine refuses. */
export async function runItem(runtime: EngineRuntime, request: BatchRequest, id: string, tx: Tx, userId: string | null): Promise<void> {
  switch (request.kind) {
    case 'set-job-retries':
      await runtime.execute(
        { kind: 'setJobRetries', jobId: id, retries: request.retries, ...(request.due !== undefined && { due: request.due }) },
        tx,
        userId,
      )
      return
    case 'set-external-task-retries':
      await runtime.execute({ kind: 'setExternalTaskRetries', externalTaskId: id, retries: request.retries }, tx, userId)
      return
    case 'instance-deletion': {
      const { reason, skipCustomListeners, skipSubprocesses } = request
      await runtime.execute(
        { kind: 'delete', instanceId: id, reason, skipCustomListeners, skipIoMappings: false, skipSubprocesses },
        tx,
        userId,
      )
      return
    }
    case 'historic-instance-deletion':
      forgetInstances(tx, [id])
      return
    case 'historic-decision-instance-deletion':
      tx.write('delete from hi_decision_value where decision_instance_id = ?', [id])
      tx.write('delete from hi_decision where decision_instance_id = ?', [id])
      return
    case 'process-set-removal-time':
      await setRemovalOfInstance(tx, id, request)
      return
    case 'decision-set-removal-time':
      await setRemovalOfDecision(tx, id, request)
      return
    case 'batch-set-removal-time':
      // Batches have no time to live of their own.
      tx.write('update hi_batch set removal_at = ? where batch_id = ?', [request.removal.mode === 'at' ? request.removal.at : null, id])
      return
    case 'instance-update-suspension-state':
      await runtime.execute({ kind: 'setSuspended', instanceId: id, suspended: request.suspended }, tx, userId)
      return
    case 'instance-modification': {
      const { instructions, skipCustomListeners, skipIoMappings } = request
      await runtime.execute(
        { kind: 'modify', internal: true, instanceId: id, instructions, skipCustomListeners, skipIoMappings },
        tx,
        userId,
      )
      return
    }
    case 'instance-restart':
      await restartInstance(runtime, request.restart, id, tx, userId)
      return
    case 'instance-migration':
      await runtime.execute({ kind: 'migrate', instanceId: id, ...request.migration }, tx, userId)
      return
    case 'correlate-message': {
      if (request.messageName === null) throw new EngineError('message-required', 'a batch needs the name of a message')
      await runtime.correlate({ name: request.messageName, processInstanceId: id, variables: request.variables, only: 'execution' }, tx)
      return
    }
    case 'set-variables':
      await runtime.execute(
        { kind: 'setVariables', instanceId: id, executionId: id, variables: request.variables, remove: [], local: false },
        tx,
        userId,
      )
  }
}

/** As text: Longs are kept exactly. */
export const encodeRequest = (request: BatchRequest): string =>
  JSON.stringify(request, (_key, value: unknown) => (isValue(value) ? plainValue(value) : value))

export const decodeRequest = (text: string): BatchRequest =>
  JSON.parse(text, (_key, value: unknown) => (isValue(value) ? valueOfPlain(value) : value)) as BatchRequest

const isValue = (value: unknown): value is Variables[string] =>
  typeof value === 'object' && value !== null && 't' in value && 'v' in value && typeof value.t === 'string'
