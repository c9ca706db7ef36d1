import type { Instance, VariableMap } from '../core/state.ts'
import type { Value } from '../core/value.ts'

/** The variables that an execution sees: its own, then those of the scopes around it; the inner one hides the outer. */
export function visibleVariables(instance: Instance, executionId: string): Record<string, Value> {
  const result: Record<string, Value> = {}
  const add = (vars: VariableMap) => {
    for (const name of Object.keys(vars)) if (!Object.hasOwn(result, name)) result[name] = (vars[name] as { value: Value }).value
  }
  const token = instance.tokens.get(executionId)
  if (token && !instance.scopes.has(executionId)) add(token.vars)
  let scope = instance.scopes.get(executionId) ?? (token && instance.scopes.get(token.scopeId))
  while (scope) {
    add(scope.vars)
    const around = scope.parentId === null ? undefined : instance.scopes.get(scope.parentId)
    const standing = scope.tokenId === null ? undefined : instance.tokens.get(scope.tokenId)
    if (standing && standing.id !== around?.id) add(standing.vars)
    scope = around
  }
  return result
}

/** What the execution itself holds. */
export function localVariables(instance: Instance, executionId: string): Record<string, Value> {
  const vars = instance.scopes.get(executionId)?.vars ?? instance.tokens.get(executionId)?.vars ?? {}
  return Object.fromEntries(Object.entries(vars).map(([name, variable]) => [name, variable.value]))
}
