import type { InstanceDraft, ScopeDraft, TokenDraft } from '../draft/instance-draft.ts'
import { failure, type InstanceReport, Refusal } from '../failure.ts'
import type { Node } from '../model/node.ts'
import type { ProcessModel } from '../model/process-model.ts'
import { isWaitingSupported, type MigrationInstruction } from './migration-plan.ts'

/** What a token does: a scope with what is inside, or a leaf. `scope` also of a leaf that waits in a scope of its own. */
export interface Element {
  readonly token: TokenDraft
  readonly scope: ScopeDraft | null
  readonly isLeaf: boolean
  readonly source: Node
}

export type Instructions = ReadonlyMap<string, MigrationInstruction>

const isTransition = ({ token }: Element): boolean => token.phase === 'async-before' || token.phase === 'async-after'

/** Refuses an instance that stands where the plan cannot take it on. */
export function refuseUnfit(
  instance: InstanceDraft,
  target: ProcessModel,
  elements: readonly Element[],
  instructions: Instructions,
  compensations: ReadonlyMap<string, readonly string[]>,
): void {
  const reports = elements.flatMap((element) => {
    const to = target.nodes.get(instructions.get(element.source.id)?.targetActivityId ?? '')
    const id = element.scope?.activityInstanceId ?? element.token.activityInstanceId ?? element.token.id
    const failures = [...failuresOf(element, to, target), ...(compensations.get(id) ?? [])]
    const instruction = instructions.get(element.source.id)
    const report: InstanceReport = { sourceScopeId: element.source.id, ...(instruction && { instruction }), instanceId: id, failures }
    return failures.length === 0 ? [] : [{ element, report }]
  })
  const ofProcess = compensations.get(instance.id)
  const whole: InstanceReport[] = ofProcess ? [{ sourceScopeId: instance.definition.id, instanceId: instance.id, failures: ofProcess }] : []
  if (reports.length + whole.length === 0) return
  throw new Refusal(
    failure('migration-refused', {
      reason: 'instance',
      processInstanceId: instance.id,
      activityInstanceReports: [...whole, ...reports.filter(({ element }) => !isTransition(element)).map(({ report }) => report)],
      transitionInstanceReports: reports.filter(({ element }) => isTransition(element)).map(({ report }) => report),
    }),
  )
}

function failuresOf(element: Element, to: Node | undefined, target: ProcessModel): string[] {
  if (!to) return element.isLeaf ? ["There is no migration instruction for this instance's activity"] : []
  if (isTransition(element)) return transitionFailures(element, to, target)
  return [
    ...(isWaitingSupported(element.source) ? [] : ['The type of the source activity is not supported for activity instance migration']),
    ...conflicts(element, to),
  ]
}

function transitionFailures({ token, source }: Element, to: Node, target: ProcessModel): string[] {
  const failures: string[] = []
  const isAfter = token.phase === 'async-after'
  if (isAfter && to.outgoing.length > 1) {
    if (token.flowId === null)
      failures.push('Transition instance is assigned to no sequence flow and target activity has more than one outgoing sequence flow')
    else if (!to.outgoing.some((flow) => flow.id === token.flowId))
      failures.push('Transition instance is assigned to a sequence flow that cannot be matched in the target activity')
  }
  const isStart = !isAfter && source.behavior.kind === 'startEvent' && source.parent?.behavior.kind === 'process'
  if (isStart && to.parent !== target.root)
    failures.push('A transition instance that instantiates the process can only be migrated to a process-level flow node')
  if (isAfter && !to.async.after) failures.push('Target activity is not asyncAfter')
  if (!isAfter && !to.async.before) failures.push('Target activity is not asyncBefore')
  return failures
}

/** A scope that becomes none gives its variables to its branch: they must not be there already. */
function conflicts({ token, scope, source }: Element, to: Node): string[] {
  if (!scope || !source.isScope || to.isScope) return []
  return Object.keys(scope.vars)
    .filter((name) => name in token.vars)
    .map(
      (name) =>
        `The variable '${name}' exists in both, this scope and concurrent local in the parent scope. Migrating to a non-scope activity would overwrite one of them.`,
    )
}
