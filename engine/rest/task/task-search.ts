import type { VariableCondition } from '../query/kind.ts'
import type { Cover, Driver, SearchPlan } from '../query/search-plan.ts'
import { inList, type Sql, sql } from '../query/sql.ts'
import { variableDriver, variableJoins } from '../query/variable-filter.ts'

const links = (where: Sql): Driver => ({ from: 'ru_identity_link c', where, on: 't.task_id = c.task_id' })
const tasks = (where: Sql): Driver => ({ from: 'ru_task c', where, on: 't.task_id = c.task_id' })
const inInstance = (from: string, where: Sql): Driver => ({ from, where, on: 't.instance_id = c.instance_id' })
const one = (driver: Driver): readonly Cover[] => [[driver]]

const GROUPS_OF_USER = "select m.owner_id from id_membership m where m.kind = 'user-group' and m.member_id = ?"

/** Where a search for tasks begins. */
export const taskSearch: SearchPlan = {
  from: 'ru_task t',
  key: 't.task_id',
  direct: ['taskId', 'taskIdIn', 'processInstanceId', 'processInstanceIdIn', 'assignee', 'assigneeIn'],
  covers: {
    processInstanceBusinessKey: (key: string) => one(inInstance('ru_instance c', sql('c.business_key = ?', key))),
    executionId: (id: string) => one(inInstance('ru_execution c', sql('c.execution_id = ?', id))),
    assignee: (user: string) => one(tasks(sql('c.assignee = ?', user))),
    candidateGroup: (group: string) => one(links(sql('c.group_id = ?', group))),
    candidateGroups: (groups: readonly string[]) => one(links(inList('c.group_id', groups))),
    candidateUser: (user: string) => [
      [links(sql('c.group_id is null and c.user_id = ?', user)), links(sql(`c.group_id in (${GROUPS_OF_USER})`, user))],
    ],
    // Of alternatives each condition is one by itself.
    processVariables: (conditions: readonly VariableCondition[], context) =>
      context.isAlternative
        ? []
        : conditions.flatMap((condition) => {
            const where = variableDriver('c', condition, context)
            return where ? one(inInstance('ru_variable c', where)) : []
          }),
    processDefinitionKey: (key: string) => one(tasks(sql('c.definition_key = ?', key))),
  },
  joins: {
    processVariables: (conditions: readonly VariableCondition[], context) =>
      variableJoins('ru_variable', 'instance_id = c.instance_id', conditions, context),
  },
  sorted: { column: 't.created_at', within: 'processDefinitionKey', withinColumn: 't.definition_key', index: 'idx_ru_task__created' },
}
