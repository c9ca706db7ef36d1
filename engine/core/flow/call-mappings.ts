import type { InstanceDraft, TokenDraft } from '../draft/instance-draft.ts'
import type { VariableMapping } from '../model/node.ts'
import { nullValue, type Value, type Variables } from '../value.ts'
import { evaluateValue } from './evaluate.ts'
import { type Place, placeOf, placeOfScope } from './place.ts'
import { findLocalVariable, findVariable, localVariables, setLocalVariable, setVariable, visibleVariables } from './variables.ts'

/** What `in` (or the payload of a signal) hands over. A missing source becomes null. */
export function mappedVariables(from: Place, mappings: readonly VariableMapping[]): Record<string, Value> {
  const handed: Record<string, Value> = {}
  for (const mapping of mappings) {
    switch (mapping.kind) {
      case 'all':
        Object.assign(handed, mapping.local ? localVariables(from) : visibleVariables(from))
        break
      case 'variable':
        handed[mapping.target] =
          (mapping.local ? findLocalVariable(from, mapping.source) : findVariable(from, mapping.source))?.value ?? nullValue
        break
      case 'expression':
        if (mapping.sourceExpression)
          handed[mapping.target] = evaluateValue(mapping.local ? { ...from, localOnly: true } : from, mapping.sourceExpression)
        break
      default:
    }
  }
  return handed
}

const counters = ['nrOfInstances', 'nrOfActiveInstances', 'nrOfCompletedInstances', 'loopCounter']

/** The `out` mappings of a call activity: from the called instance into the calling scope. */
export function passOutputs(caller: InstanceDraft, token: TokenDraft, called: InstanceDraft): void {
  const { behavior } = caller.nodeOf(token)
  if (behavior.kind !== 'callActivity') return
  const from = placeOfScope(called, called.rootScope)
  const to = placeOf(caller, token)
  for (const mapping of behavior.called.outputs) {
    const handed: Variables = mappedVariables(from, [mapping])
    for (const [name, value] of Object.entries(handed)) {
      if (mapping.kind === 'all' && counters.includes(name)) continue
      if (mapping.local) setLocalVariable(to, name, value)
      else setVariable(to, name, value)
    }
  }
}
