import type { DefinitionRow } from '../../runtime/definition-store.ts'
import type { Call } from '../http/call.ts'
import { findRow } from '../query/resource-query.ts'
import { processDefinitionQuery } from './query.ts'

/** Definitions that a definition calls by a name that is no expression, with the call activities that do so. */
export async function staticCalls(call: Call, row: DefinitionRow): Promise<readonly unknown[]> {
  const model = (await call.runtime.definitions.get(call.run.query, row.id, false))?.definition.model
  const callers = new Map<string, string[]>()
  for (const node of model?.nodes.values() ?? []) {
    if (node.behavior.kind !== 'callActivity') continue
    const { called } = node.behavior
    if (!called.key.isLiteral) continue
    const key = String(called.key.parts[0] ?? '')
    const found = await call.runtime.latest(key, row.tenantId)
    if (found) callers.set(found.id, [...(callers.get(found.id) ?? []), node.id])
  }
  const answers: unknown[] = []
  for (const [id, activities] of callers)
    answers.push({
      ...(await findRow(processDefinitionQuery, id, call.run)),
      callingProcessDefinitionId: row.id,
      calledFromActivityIds: activities,
    })
  return answers
}
