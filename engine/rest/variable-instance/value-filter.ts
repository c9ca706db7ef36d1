import { type Filter, filter } from '../query/filter.ts'
import { type VariableCondition, variableConditions } from '../query/kind.ts'
import { allOf, sql } from '../query/sql.ts'
import { valueIs } from '../query/variable-filter.ts'

/** Variables (alias `v`) with the name and a value that fulfils each condition. */
export const matchingValues: Filter<readonly VariableCondition[]> = filter(variableConditions, (conditions, context) =>
  allOf(
    conditions.flatMap((condition) => [
      context.flag('variableNamesIgnoreCase') ? sql('lower(v.name) = ?', condition.name.toLowerCase()) : sql('v.name = ?', condition.name),
      valueIs(condition, context),
    ]),
  ),
)
