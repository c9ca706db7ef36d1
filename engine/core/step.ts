import type { Command } from './command.ts'
import { runCommand } from './commands/run-command.ts'
import type { InstanceDraft } from './draft/instance-draft.ts'
import { Needed, Run } from './draft/run.ts'
import { wakeInclusiveJoin } from './elements/inclusive-gateway.ts'
import { behaviorOf } from './elements/registry.ts'
import type { Env, Models } from './env.ts'
import { ExpressionError } from './expression/index.ts'
import { failure, Refusal } from './failure.ts'
import { settleConditions } from './flow/conditions.ts'
import { changesOf } from './projection.ts'
import type { EntityChange } from './projection-rows.ts'
import type { Family, Instance, Variable, VariableMap } from './state.ts'
import type { StepResult } from './step-result.ts'

/**
 * The engine: one command on one family, a pure function. `family` null: a start of a new root instance.
 * `refused` and `needs` have changed nothing; after fetching what is needed, the same step is run again with an `env` whose
 * `now` is the same and whose `newId` answers the same sequence.
 */
export function step(models: Models, family: Family | null, command: Command, env: Env): StepResult {
  const rootId = family?.rootId ?? command.instanceId
  const run = new Run(models, family, rootId, env, behaviorOf)
  run.onConditionEvents = settleConditions
  run.onIdle = () => {
    if (env.compat.inclusiveJoinOnArrival) return
    for (const instance of run.instances.values()) if (!instance.ended && instance.tokens.isTouched && wakeInclusiveJoin(instance)) return
  }
  try {
    runCommand(run, command)
    run.drain()
  } catch (error) {
    if (error instanceof Needed) return { kind: 'needs', needs: [error.need] }
    if (error instanceof Refusal) return { kind: 'refused', failure: error.failure, failedActivityId: run.lastActivityId }
    if (error instanceof ExpressionError) {
      return {
        kind: 'refused',
        failure: failure('expression-failed', { expression: '', reason: error.message }, error.message),
        failedActivityId: run.lastActivityId,
      }
    }
    throw error
  }
  return done(run, family)
}

function done(run: Run, family: Family | null): StepResult {
  const instances = new Map<string, Instance>(family?.instances)
  const touched: string[] = []
  const ended: string[] = []
  const changes: EntityChange[] = []
  for (const draft of run.instances.values()) {
    if (draft.ended) {
      instances.delete(draft.id)
      if (draft.base) ended.push(draft.id)
      for (const change of changesOf(draft, null)) changes.push(change)
      continue
    }
    if (draft.base && !draft.isTouched && !headChanged(draft)) continue
    dropTransient(draft)
    const after = draft.result()
    instances.set(draft.id, after)
    touched.push(draft.id)
    for (const change of changesOf(draft, after)) changes.push(change)
  }
  const next: Family = { rootId: run.rootId, seq: run.seq, instances, ...(family?.isPartial && { isPartial: true }) }
  return { kind: 'done', family: next, touched, ended, changes, history: run.history, effects: run.effects }
}

function headChanged(draft: InstanceDraft): boolean {
  const { base, head } = draft
  return (
    base === null ||
    base.suspended !== head.suspended ||
    base.businessKey !== head.businessKey ||
    base.superTokenId !== head.superTokenId ||
    base.superInstanceId !== head.superInstanceId
  )
}

/** Transient variables live until the step ends. */
function dropTransient(draft: InstanceDraft): void {
  for (const table of [draft.scopes, draft.tokens]) {
    for (const id of [...table.touched()]) {
      const owner = table.edit(id)
      if (owner && hasTransient(owner.vars))
        owner.vars = Object.fromEntries(Object.entries(owner.vars).filter(([, variable]) => !variable.transient))
    }
  }
}

function hasTransient(vars: VariableMap): boolean {
  for (const name in vars) if ((vars[name] as Variable).transient) return true
  return false
}
