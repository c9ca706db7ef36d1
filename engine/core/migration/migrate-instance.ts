import type { Definition } from '../definition.ts'
import type { InstanceDraft, ScopeDraft, TokenDraft } from '../draft/instance-draft.ts'
import { failure, Refusal } from '../failure.ts'
import { begin, endActivity, standOnScope, standsForScope } from '../flow/lifecycle.ts'
import { placeOf } from '../flow/place.ts'
import { firstToken, forkToken, pruneScope, renameToken } from '../flow/tokens.ts'
import { removeLocalVariable } from '../flow/variables.ts'
import type { Node } from '../model/node.ts'
import { noVariables } from '../state.ts'
import { migrateCompensations, unmappedCompensations } from './migrate-compensations.ts'
import { migrateWaiting } from './migrate-waiting.ts'
import type { MigrationInstruction } from './migration-plan.ts'
import { type Element, type Instructions, refuseUnfit } from './validate-instance.ts'

/**
 * In order: refuse what has no instruction; end the scopes that are gone, their content moves up; let everything stand on its
 * target; open new scopes around; give the tokens the ids that they have in a scope of their number.
 */
export function migrateInstance(instance: InstanceDraft, target: Definition, list: readonly MigrationInstruction[]): void {
  const instructions: Instructions = new Map(list.map((instruction) => [instruction.sourceActivityId, instruction]))
  const elements = elementsOf(instance)
  refuseUnfit(instance, target.model, elements, instructions, unmappedCompensations(instance, instructions))
  for (const element of elements) if (!element.isLeaf && !instructions.has(element.source.id)) dissolve(instance, element)
  const kept = elements.filter((element) => instructions.has(element.source.id))
  const source = instance.definition.model
  instance.definition = target
  instance.head.definitionId = target.id
  instance.record({ kind: 'instance-migrated' })
  instance.rootScope.node = target.model.id
  migrateWaiting(instance, instance.rootScope, source.root, target.model.root, instructions)
  migrateCompensations(instance, source, target.model, instructions)
  for (const element of kept) standOnTarget(instance, element, targetOf(target, instructions, element), instructions)
  const opened = new Map<string, ScopeDraft>()
  for (const element of kept) surround(instance, element.token, targetOf(target, instructions, element), opened)
  for (const { token } of kept) tell(instance, token)
  for (const scope of [...instance.scopes.all()]) settleIds(instance, instance.scope(scope.id))
}

function targetOf(target: Definition, instructions: Instructions, element: Element): Node {
  return target.model.nodes.get(instructions.get(element.source.id)?.targetActivityId ?? '') as Node
}

/** All elements, outer ones first. */
function elementsOf(instance: InstanceDraft): Element[] {
  const elements: Element[] = []
  const visit = (scope: ScopeDraft): void => {
    for (const token of instance.tokensIn(scope)) {
      if (standsForScope(token, scope)) continue
      const inner = token.childScopeId === null ? null : instance.scope(token.childScopeId)
      const isLeaf = !inner || instance.tokensIn(inner).some((each) => standsForScope(each, inner))
      elements.push({ token, scope: inner, isLeaf, source: inner ? instance.node(inner.node) : instance.nodeOf(token) })
      if (inner && !isLeaf) visit(inner)
    }
  }
  visit(instance.rootScope)
  return elements
}

/** A scope that is gone: its content moves to the scope around, it ends as cancelled. */
function dissolve(instance: InstanceDraft, { token, scope }: Element): void {
  if (!scope) return
  const around = scope.parentId as string
  for (const inner of instance.tokensIn(scope)) {
    if (inner.id === scope.id) renameToken(instance, inner, instance.run.newId())
    moveTo(instance, inner, around)
    if (instance.node(scope.node).behavior.kind === 'multiInstanceBody') forgetCounter(instance, inner)
  }
  const standing = standOnScope(instance, scope, firstToken(instance, scope))
  endActivity(instance, standing, { canceled: true })
  instance.tokens.remove(token.id)
}

/** What was one of several is alone now. */
function forgetCounter(instance: InstanceDraft, token: TokenDraft): void {
  if ('loopCounter' in token.vars) removeLocalVariable(placeOf(instance, token), 'loopCounter')
}

function moveTo(instance: InstanceDraft, token: TokenDraft, scopeId: string): void {
  instance.tokens.move(token, () => {
    token.scopeId = scopeId
  })
  const inner = token.childScopeId === null ? undefined : instance.scopes.edit(token.childScopeId)
  if (!inner) return
  instance.scopes.move(inner, () => {
    inner.parentId = scopeId
  })
}

function standOnTarget(instance: InstanceDraft, element: Element, target: Node, instructions: Instructions): void {
  const { token, source } = element
  const old = element.scope
  token.node = target.id
  if (element.isLeaf) moveWork(instance, old?.id ?? token.id, source, target)
  if (old) {
    old.node = target.id
    for (const each of instance.tokensIn(old)) if (standsForScope(each, old)) each.node = target.id
  }
  let scope: ScopeDraft | null = old
  if (!old && target.isScope && token.phase === 'active') scope = wrap(instance, token, target)
  else if (old && element.isLeaf && !target.isScope) {
    unwrap(instance, token, old)
    scope = null
  }
  if (scope) migrateWaiting(instance, scope, source, target, instructions)
  if (token.phase === 'async-after') keepFlow(instance, token, target)
}

/** History learns where an activity instance is now. */
function tell(instance: InstanceDraft, token: TokenDraft): void {
  const scope = token.childScopeId === null ? null : instance.scope(token.childScopeId)
  const activityInstanceId = scope?.activityInstanceId ?? token.activityInstanceId
  if (activityInstanceId === null) return
  const node = instance.nodeOf(token)
  instance.record({
    kind: 'activity-migrated',
    activityInstanceId,
    parentActivityInstanceId: instance.scopeOf(token).activityInstanceId,
    activityId: node.id,
    activityName: node.name,
    activityType: node.activityType,
    executionId: scope?.id ?? token.id,
  })
}

/** Task, external task, job and incidents of a leaf belong to its target now. */
function moveWork(instance: InstanceDraft, executionId: string, source: Node, target: Node): void {
  for (const task of instance.tasks.of(executionId)) {
    task.node = target.id
    instance.record({ kind: 'task-migrated', taskId: task.id, activityId: target.id })
  }
  for (const task of instance.externalTasks.of(executionId)) task.node = target.id
  for (const job of instance.jobs.of(executionId)) {
    if (job.node !== source.id) continue
    job.node = target.id
    job.declaration = job.declaration.replace(`${source.id}:`, `${target.id}:`)
    job.jobDefinitionId = instance.definition.jobDefinitions[job.declaration]?.id ?? null
  }
  for (const incident of instance.incidents.of(executionId)) {
    if (incident.activityId !== source.id) continue
    incident.activityId = target.id
    const job = incident.configuration === null ? undefined : instance.jobs.get(incident.configuration)
    incident.jobDefinitionId = job?.jobDefinitionId ?? null
  }
}

/** The target waits in a scope of its own, for instance for a boundary event. */
function wrap(instance: InstanceDraft, token: TokenDraft, target: Node): ScopeDraft {
  const scope = instance.scopes.insert({
    id: instance.run.newId(),
    parentId: token.scopeId,
    tokenId: token.id,
    node: target.id,
    activityInstanceId: token.activityInstanceId as string,
    vars: noVariables,
    compensations: [],
  })
  const inner = firstToken(instance, scope)
  inner.node = target.id
  inner.phase = token.phase
  inner.activityInstanceId = scope.activityInstanceId
  inner.calledInstanceId = token.calledInstanceId
  const called = token.calledInstanceId === null ? undefined : instance.run.findInstance(token.calledInstanceId)
  if (called) called.head.superTokenId = inner.id
  token.childScopeId = scope.id
  token.activityInstanceId = null
  token.calledInstanceId = null
  moveExecution(instance, token.id, scope.id)
  return scope
}

/** The target needs no scope of its own any more: its variables stay with the branch. */
function unwrap(instance: InstanceDraft, token: TokenDraft, scope: ScopeDraft): void {
  const inner = instance.token(scope.id)
  for (const subscription of instance.subscriptions.of(scope.id)) instance.subscriptions.remove(subscription.id)
  for (const job of instance.jobs.of(scope.id))
    if (job.handler.startsWith('timer') && job.taskId === undefined) instance.jobs.remove(job.id)
  token.activityInstanceId = scope.activityInstanceId
  token.phase = inner.phase
  token.childScopeId = null
  token.calledInstanceId = inner.calledInstanceId
  if (token.id === token.scopeId) {
    const around = instance.scope(token.scopeId)
    around.vars = { ...around.vars, ...scope.vars }
  } else token.vars = { ...token.vars, ...scope.vars }
  const called = token.calledInstanceId === null ? undefined : instance.run.findInstance(token.calledInstanceId)
  if (called) called.head.superTokenId = token.id
  instance.tokens.remove(inner.id)
  instance.scopes.remove(scope.id)
  moveExecution(instance, scope.id, token.id)
}

function moveExecution(instance: InstanceDraft, from: string, to: string): void {
  for (const table of [instance.tasks, instance.externalTasks, instance.incidents, instance.jobs] as const) {
    for (const entity of table.of(from)) {
      table.move(entity as never, () => {
        entity.executionId = to
      })
    }
  }
}

/** After an asynchronous cut the token leaves by a flow of the target: the one with the same id, or the only one. */
function keepFlow(instance: InstanceDraft, token: TokenDraft, target: Node): void {
  if (token.flowId === null || target.outgoing.some((flow) => flow.id === token.flowId)) return
  const [only, second] = target.outgoing
  if (!only || second) throw new Refusal(failure('migration-refused', { reason: `transition '${token.flowId}' has no counterpart` }))
  token.flowId = instance.definition.model.flows.get(only.id)?.id ?? null
}

/** Opens the scopes that the target lies in and the instance does not have; what goes into the same one shares it. */
function surround(instance: InstanceDraft, token: TokenDraft, target: Node, opened: Map<string, ScopeDraft>): void {
  const path: Node[] = []
  const current = instance.scope(token.scopeId)
  for (let parent = target.parent; parent && parent.id !== current.node; parent = parent.parent) path.unshift(parent)
  let scope = current
  for (const node of path) scope = opened.get(`${scope.id}\n${node.id}`) ?? openAround(instance, scope, node, opened)
  if (scope === current) return
  if (token.id === current.id) renameToken(instance, token, instance.run.newId())
  moveTo(instance, token, scope.id)
}

function openAround(instance: InstanceDraft, scope: ScopeDraft, node: Node, opened: Map<string, ScopeDraft>): ScopeDraft {
  const token = forkToken(instance, scope)
  token.node = node.id
  let created: ScopeDraft | null = null
  begin(instance, token, node, (inner, inside) => {
    instance.tokens.remove(inner.id)
    created = inside
  })
  instance.run.drain()
  if (!created) throw new Refusal(failure('migration-refused', { reason: `scope '${node.id}' could not be entered` }))
  opened.set(`${scope.id}\n${node.id}`, created)
  return created
}

function settleIds(instance: InstanceDraft, scope: ScopeDraft): void {
  const tokens = instance.tokensIn(scope)
  const sharing = tokens.find((token) => token.id === scope.id && !standsForScope(token, scope))
  if (sharing && tokens.length > 1) renameToken(instance, sharing, instance.run.newId())
  else pruneScope(instance, scope)
}
