import type { Tx } from '../../../database/database.ts'
import type { Instruction } from '../../core/command.ts'
import type { Value, Variables } from '../../core/value.ts'
import type { EngineRuntime } from '../../runtime/engine-runtime.ts'
import type { Query } from '../../runtime/ports.ts'
import { decodeValue } from '../../runtime/value-columns.ts'
import { historicProcessInstanceQuery } from '../history/process-instance-query.ts'
import { bodyOf, type Call, flagOf } from '../http/call.ts'
import { Problem } from '../problem.ts'
import { readInstructions } from '../process-instance/instructions.ts'
import { chosen } from '../query/chosen.ts'
import { lastVariables } from './last-variables.ts'

/** How ended instances of a definition are started anew. */
export interface Restart {
  readonly definitionId: string
  readonly instructions: readonly Instruction[]
  /** Only what the start itself brought, with its first values; else everything as it was last. */
  readonly initialVariables: boolean
  readonly withoutBusinessKey: boolean
  readonly skipCustomListeners: boolean
  readonly skipIoMappings: boolean
}

export function readRestart(call: Call, definitionId: string): Restart {
  const body = bodyOf(call)
  const instructions = readInstructions(body)
  if (instructions.length === 0) throw new Problem(400, 'BadUserRequestException', 'Restart instructions cannot be empty')
  return {
    definitionId,
    instructions,
    initialVariables: flagOf(body, 'initialVariables'),
    withoutBusinessKey: flagOf(body, 'withoutBusinessKey'),
    skipCustomListeners: flagOf(body, 'skipCustomListeners'),
    skipIoMappings: flagOf(body, 'skipIoMappings'),
  }
}

/** The instances that a restart speaks of: listed, or found by a query of history. */
export async function instancesToRestart(call: Call): Promise<readonly string[]> {
  const found = await chosen(call, 'processInstanceIds', { historicProcessInstanceQuery })
  if (found.length === 0) throw new Problem(400, 'BadUserRequestException', 'processInstanceIds is empty')
  return found
}

interface Ended {
  readonly instance_id: string
  readonly definition_id: string
  readonly business_key: string | null
  readonly tenant_id: string | null
  readonly ended_at: number | null
}

/** Starts an ended instance anew, as another instance with the same business key and variables. */
export async function restartInstance(runtime: EngineRuntime, restart: Restart, id: string, tx: Tx, userId: string | null): Promise<void> {
  const query = runtime.query(tx)
  const before = await endedInstance(query, restart.definitionId, id)
  const { instanceId } = await runtime.startInstance(
    {
      definitionId: before.definition_id,
      businessKey: restart.withoutBusinessKey ? null : before.business_key,
      variables: restart.initialVariables ? await initialVariables(query, id) : await lastVariables(query, id),
      instructions: restart.instructions,
      ...(before.tenant_id !== null && { tenantId: before.tenant_id }),
      skipCustomListeners: restart.skipCustomListeners,
      skipIoMappings: restart.skipIoMappings,
    },
    tx,
    userId,
  )
  tx.write('update hi_instance set restarted_instance_id = ? where instance_id = ?', [id, instanceId])
}

async function endedInstance(query: Query, definitionId: string, id: string): Promise<Ended> {
  const [row] = await query<Ended>(
    'select instance_id, definition_id, business_key, tenant_id, ended_at from hi_instance where instance_id = ?',
    [id],
  )
  if (!row)
    throw new Problem(400, 'BadUserRequestException', `Historic process instance cannot be found: historicProcessInstanceId is null ${id}`)
  if (row.ended_at === null) throw new Problem(500, 'ProcessEngineException', `Historic process instance ${id} is still running`)
  if (row.definition_id !== definitionId)
    throw new Problem(
      500,
      'ProcessEngineException',
      `Its process definition '${row.definition_id}' does not match given process definition '${definitionId}'`,
    )
  return row
}

async function initialVariables(query: Query, instanceId: string): Promise<Variables> {
  const rows = await query<{ readonly name: string; readonly json_value: string }>(
    'select name, json_value from hi_detail where instance_id = ? and execution_id = ? and task_id is null and is_initial = 1 order by seq',
    [instanceId, instanceId],
  )
  const variables: Record<string, Value> = {}
  for (const { name, json_value } of rows) variables[name] ??= decodeValue(json_value)
  return variables
}
