import type { InstanceDraft, ScopeDraft, TokenDraft } from '../draft/instance-draft.ts'
import { lift, type Operand, toText, toValue } from '../expression/index.ts'
import { failure, Refusal } from '../failure.ts'
import { cancelToken } from '../flow/cancel.ts'
import { handOverCompensation } from '../flow/compensation.ts'
import { evaluate, isTrue } from '../flow/evaluate.ts'
import { enter, leave, standOnScope } from '../flow/lifecycle.ts'
import { type Place, placeOf, placeOfScope } from '../flow/place.ts'
import { concurrentToken } from '../flow/tokens.ts'
import { findVariable, setScopeVariable, setTokenVariable } from '../flow/variables.ts'
import type { MultiInstance, Node } from '../model/node.ts'
import { nullValue, type Value } from '../value.ts'
import type { ElementBehavior } from './element-behavior.ts'

/**
 * The body of a multi-instance activity (BPMN 2.0.2 §13.3.7), a scope of its own as in Camunda: counters on the body,
 * loopCounter and the element with each instance.
 */
export const multiInstanceBody: ElementBehavior = {
  execute: (instance, token, node) => {
    const multi = multiInstanceOf(node)
    const place = placeOf(instance, token)
    const total = numberOfInstances(place, multi, node)
    if (total === 0) {
      leave(instance, token)
      return
    }
    const scope = instance.scopeOf(token)
    const set = (name: string, value: number): void => setScopeVariable(instance, scope, name, integer(value))
    set('nrOfInstances', total)
    set('nrOfCompletedInstances', 0)
    set('nrOfActiveInstances', multi.sequential ? 1 : total)
    token.activityInstanceId = null
    if (multi.sequential) startInstance(instance, token, multi, 0)
    else startParallel(instance, scope, token, multi, total)
  },
  childEnded: (instance, scope, token) => {
    const multi = multiInstanceOf(instance.node(scope.node))
    if (multi.sequential) sequentialEnded(instance, scope, token, multi)
    else parallelEnded(instance, scope, token, multi)
  },
}

const integer = (v: number): Value => ({ t: 'Integer', v })

export function multiInstanceOf(body: Node): MultiInstance {
  if (body.behavior.kind !== 'multiInstanceBody') throw new Refusal(failure('unknown-activity', { activityId: body.id }))
  return body.behavior.multiInstance
}

function startParallel(instance: InstanceDraft, scope: ScopeDraft, token: TokenDraft, multi: MultiInstance, total: number): void {
  instance.tokens.remove(token.id)
  const tokens = Array.from({ length: total }, () => {
    const each = concurrentToken(instance, scope)
    each.node = multi.inner.id
    return each
  })
  for (let index = total - 1; index >= 0; index -= 1) {
    const each = tokens[index] as TokenDraft
    instance.run.pushFor(instance, each, () => startInstance(instance, each, multi, index))
  }
}

function startInstance(instance: InstanceDraft, token: TokenDraft, multi: MultiInstance, index: number): void {
  setTokenVariable(instance, token, 'loopCounter', integer(index))
  if (multi.elementVariable !== null && (multi.collection || multi.collectionVariable !== null)) {
    const place = placeOf(instance, token)
    // Beside a cardinality the collection may be missing.
    const isMissing = multi.cardinality !== null && multi.collectionVariable !== null && !findVariable(place, multi.collectionVariable)
    if (!isMissing) setTokenVariable(instance, token, multi.elementVariable, toValue(collectionOf(place, multi)[index] ?? nullValue))
  }
  enter(instance, token, multi.inner)
}

/** One more instance of a parallel body that runs already, for modification: takes the next loop counter. */
export function addParallelInstance(instance: InstanceDraft, scope: ScopeDraft, multi: MultiInstance): TokenDraft {
  const count = (name: string): number => numberOf(placeOfScope(instance, scope), name)
  const total = count('nrOfInstances')
  setScopeVariable(instance, scope, 'nrOfInstances', integer(total + 1))
  setScopeVariable(instance, scope, 'nrOfActiveInstances', integer(count('nrOfActiveInstances') + 1))
  const token = concurrentToken(instance, scope)
  token.node = multi.inner.id
  setTokenVariable(instance, token, 'loopCounter', integer(total))
  return token
}

function parallelEnded(instance: InstanceDraft, scope: ScopeDraft, token: TokenDraft, multi: MultiInstance): void {
  const place = placeOf(instance, token)
  const count = (name: string): number => numberOf(place, name)
  setScopeVariable(instance, scope, 'nrOfCompletedInstances', integer(count('nrOfCompletedInstances') + 1))
  setScopeVariable(instance, scope, 'nrOfActiveInstances', integer(count('nrOfActiveInstances') - 1))
  const satisfied = multi.completionCondition !== null && isTrue(place, multi.completionCondition)
  instance.tokens.remove(token.id)
  if (instance.tokens.countOf(scope.id) > 0 && !satisfied) return
  for (const other of instance.tokensIn(scope)) cancelToken(instance, other, { reason: 'Multi instance completion condition satisfied.' })
  leaveBody(instance, scope)
}

/** An instance was taken away from outside: when none is left, the body goes on. */
export function instanceTakenAway(instance: InstanceDraft, scope: ScopeDraft): void {
  const active = numberOf(placeOfScope(instance, scope), 'nrOfActiveInstances')
  setScopeVariable(instance, scope, 'nrOfActiveInstances', integer(active - 1))
}

function sequentialEnded(instance: InstanceDraft, scope: ScopeDraft, token: TokenDraft, multi: MultiInstance): void {
  const place = placeOf(instance, token)
  const next = numberOf(place, 'loopCounter') + 1
  const total = numberOf(place, 'nrOfInstances')
  setScopeVariable(instance, scope, 'nrOfCompletedInstances', integer(numberOf(place, 'nrOfCompletedInstances') + 1))
  const satisfied = multi.completionCondition !== null && isTrue(place, multi.completionCondition)
  if (next === total || satisfied) {
    instance.tokens.remove(token.id)
    leaveBody(instance, scope)
  } else startInstance(instance, token, multi, next)
}

function leaveBody(instance: InstanceDraft, scope: ScopeDraft): void {
  const token = concurrentToken(instance, scope)
  handOverCompensation(instance, scope, instance.node(scope.node))
  leave(instance, standOnScope(instance, scope, token))
}

function numberOf(place: Place, name: string): number {
  const value = findVariable(place, name)?.value
  return value && value.t !== 'Null' ? Number(value.v) : 0
}

/** Evaluated once, on entry. With both a cardinality and a collection the cardinality counts. */
function numberOfInstances(place: Place, multi: MultiInstance, node: Node): number {
  if (!multi.cardinality) return collectionOf(place, multi, node).length
  const result = evaluate(place, multi.cardinality)
  const whole = result.t === 'Double' ? Math.trunc(result.v) : null
  const text = whole !== null ? String(whole) : result.t === 'Null' ? '' : toText(result, place.instance.run.env.zone).trim()
  if (!/^-?\d+$/.test(text) || Number(text) < 0) throw new Refusal(failure('invalid-cardinality', { activityId: node.id, text }))
  return Number(text)
}

function collectionOf(place: Place, multi: MultiInstance, node: Node = multi.inner): readonly Operand[] {
  let found: Operand | undefined
  if (multi.collection) found = evaluate(place, multi.collection)
  else if (multi.collectionVariable !== null) {
    const variable = findVariable(place, multi.collectionVariable)
    found = variable && place.instance.run.open(variable.value)
  }
  if (found) found = jsonList(found)
  if (found?.t === 'List') return found.v
  if (found?.t === 'String' && multi.collection) {
    const named = findVariable(place, found.v)
    const lifted = named && jsonList(place.instance.run.open(named.value))
    if (lifted?.t === 'List') return lifted.v
  }
  const text = multi.collection?.text ?? multi.collectionVariable ?? ''
  throw new Refusal(failure('invalid-collection', { activityId: node.id, text }))
}

/** A Json variable that holds a list serves as a collection too. */
const jsonList = (operand: Operand): Operand => (operand.t === 'Json' && operand.v !== null ? lift({ t: 'Object', v: operand.v }) : operand)
