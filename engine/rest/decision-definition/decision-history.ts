import type { Value } from '../../core/value.ts'
import type { DecisionModel, Evaluation } from '../../dmn/index.ts'
import type { DecisionRow } from '../../runtime/definition-store.ts'
import { encodeValue } from '../../runtime/value-columns.ts'
import type { Call } from '../http/call.ts'

/** Records evaluations that a client asked for: the last one is the decision itself, those before it were required by it. */
export async function writeDecisionHistory(
  call: Call,
  row: DecisionRow,
  model: DecisionModel,
  evaluations: readonly Evaluation[],
  at: number,
): Promise<void> {
  const { database, context } = call.runtime
  await database.transaction(async (tx) => {
    const rootId = context.newId()
    for (const [seq, evaluation] of evaluations.entries()) {
      const isRoot = seq === evaluations.length - 1
      const id = isRoot ? rootId : context.newId()
      const decision = isRoot
        ? row
        : ((await context.definitionStore.decisionByKey(tx.query.bind(tx), evaluation.decisionId, row.tenantId, {
            by: 'deployment',
            deploymentId: row.deploymentId,
          })) ?? row)
      tx.write(
        `insert into hi_decision (decision_instance_id, decision_id, decision_key, decision_name, at, removal_at, user_id, collect_value, root_decision_instance_id,
         requirements_id, requirements_key, tenant_id, seq) values (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)`,
        [
          id,
          decision.id,
          evaluation.decisionId,
          model.decisions.get(evaluation.decisionId)?.name ?? null,
          at,
          row.historyTtl === null ? null : at + row.historyTtl * 86_400_000,
          call.userId,
          evaluation.collected === null ? null : Number(evaluation.collected.v),
          isRoot ? null : rootId,
          row.requirementsId,
          row.requirementsKey,
          row.tenantId,
          seq,
        ],
      )
      const value = (
        direction: 'input' | 'output',
        position: number,
        entry: { readonly clauseId: string | null; readonly clauseName: string | null; readonly value: Value },
        more: readonly (string | number | null)[],
      ) =>
        tx.write(
          `insert into hi_decision_value (decision_instance_id, direction, position, value_id, clause_id, clause_name, type, json_value, at, rule_id, rule_order,
           variable_name) values (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)`,
          [
            id,
            direction,
            position,
            context.newId(),
            entry.clauseId,
            entry.clauseName,
            entry.value.t,
            encodeValue(entry.value),
            at,
            ...more,
          ],
        )
      for (const [position, input] of evaluation.inputs.entries()) value('input', position, input, [null, null, null])
      for (const [position, output] of evaluation.outputs.entries())
        value('output', position, output, [output.ruleId, output.ruleOrder, output.variableName])
    }
  })
}
