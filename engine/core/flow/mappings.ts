import type { InstanceDraft, ScopeDraft, TokenDraft } from '../draft/instance-draft.ts'
import { lift, listOf, mapOf, type Operand, toText, toValue } from '../expression/index.ts'
import type { Node, ParameterValue } from '../model/node.ts'
import { nullValue, type Value } from '../value.ts'
import { evaluate, evaluateValue } from './evaluate.ts'
import { type Place, placeOf, placeOfScope } from './place.ts'
import { setScopeVariable, setTokenVariable, setVariable } from './variables.ts'

/** Inputs see the outer scope, not each other; they become the activity's own variables. `scope` null: of the branch. */
export function runInputs(instance: InstanceDraft, outer: TokenDraft, scope: ScopeDraft | null, node: Node): void {
  if (node.inputs.length === 0 || instance.run.skipMappings) return
  const from = scope ? placeOf(instance, outer) : aroundBranch(instance, outer)
  const values = node.inputs.map(({ name, value }) => ({ name, value: parameterValue(from, value) }))
  for (const { name, value } of values) {
    if (scope) setScopeVariable(instance, scope, name, value, { heldIn: shownIn(instance, scope, node) })
    else setTokenVariable(instance, outer, name, value)
  }
}

/** Where history shows an input: that of a subprocess in the activity around, as Camunda enters the subprocess only afterwards. */
const shownIn = (instance: InstanceDraft, scope: ScopeDraft, node: Node): string =>
  node.behavior.kind === 'subprocess' && scope.parentId !== null
    ? instance.scope(scope.parentId).activityInstanceId
    : scope.activityInstanceId

/** What surrounds a branch: its scope; for the lone token of a sequential body what lies around the body. */
function aroundBranch(instance: InstanceDraft, token: TokenDraft): Place {
  const scope = instance.scopeOf(token)
  const outer = token.id === scope.id ? instance.outerToken(scope) : null
  return outer ? placeOf(instance, outer) : { instance, scope, token: null, task: null }
}

/** Outputs see the activity's variables and earlier outputs; they are set outside, where they exist, else on the instance. */
export function runOutputs(instance: InstanceDraft, scope: ScopeDraft, node: Node): void {
  if (node.outputs.length === 0 || instance.run.skipMappings) return
  const inner = placeOfScope(instance, scope)
  const outerToken = instance.outerToken(scope)
  if (!outerToken) return
  const outer = placeOf(instance, outerToken)
  for (const { name, value } of node.outputs) setVariable(outer, name, parameterValue(inner, value))
}

function parameterValue(place: Place, value: ParameterValue): Value {
  if (value.kind === 'null') return nullValue
  if (value.kind === 'expression') return evaluateValue(place, value.expression)
  return toValue(parameterOperand(place, value))
}

function parameterOperand(place: Place, value: ParameterValue): Operand {
  switch (value.kind) {
    case 'null':
      return nullValue
    case 'expression':
      return evaluate(place, value.expression)
    case 'list':
      return listOf(value.items.map((item) => lift(parameterOperand(place, item))))
    case 'map': {
      const entries = new Map<string, Operand>()
      for (const entry of value.entries) {
        entries.set(toText(evaluate(place, entry.key), place.instance.run.env.zone), lift(parameterOperand(place, entry.value)))
      }
      return mapOf(entries)
    }
  }
}
