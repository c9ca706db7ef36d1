import type { Definition } from '../definition.ts'
import type { ElementBehavior } from '../elements/element-behavior.ts'
import type { DefinitionRef, Env, Models, Need } from '../env.ts'
import { lift, type Operand } from '../expression/index.ts'
import { failure, InvariantError, Refusal } from '../failure.ts'
import type { HistoryEvent, HistoryFact } from '../history-event.ts'
import type { Node } from '../model/node.ts'
import type { Family, Instance, Variable } from '../state.ts'
import type { Effect } from '../step-result.ts'
import type { Value } from '../value.ts'
import { InstanceDraft, type TokenDraft } from './instance-draft.ts'

/** Thrown inside a step: something must be fetched first. */
export class Needed extends Error {
  readonly need: Need
  constructor(need: Need) {
    super(`needs ${need.kind}`)
    this.name = 'Needed'
    this.need = need
  }
}

/** A variable has changed, or a scope has just opened (`initial`): conditional events must be looked at. */
export interface ConditionEvent {
  readonly instance: InstanceDraft
  /** The scope or token whose variable changed. */
  readonly executionId: string
  /** The variable; of `initial` the subscription. */
  readonly name: string
  readonly event: 'create' | 'update' | 'delete' | 'initial'
  /** The scope that was starting then: its own conditions are looked at once, when its listeners have run. */
  readonly starting?: string
}

const defaultBudget = 100_000

/** One run of a step: its stack of work, what it has recorded, the instances that it works on. */
export class Run {
  readonly models: Models
  readonly env: Env
  /** What an element does; handed in, so that the life cycle need not know the elements. */
  readonly behaviorOf: (node: Node) => ElementBehavior
  readonly family: Family | null
  readonly history: HistoryEvent[] = []
  readonly effects: Effect[] = []
  readonly instances = new Map<string, InstanceDraft>()
  conditionEvents: ConditionEvent[] = []
  /** Changes by the variables that an instance is born with: looked at when its outermost scope opens. */
  readonly bornWith = new Map<InstanceDraft, readonly ConditionEvent[]>()
  seq: number
  rootId: string
  /** By execution: the result of the decision that has just been evaluated there, as `decisionResult` of expressions. */
  readonly decisionResults = new Map<string, Operand>()
  /** What structured values that this step has made were made of: number types survive until they are stored as JSON. */
  readonly opened = new Map<Value, Operand>()
  /** Variables as this step has written them. */
  readonly written = new WeakSet<Variable>()
  skipListeners = false
  skipMappings = false
  /** For the log of a failed job: the last activity that began. */
  lastActivityId: string | null = null
  private readonly stack: (() => void)[] = []
  private operations = 0
  /** Nothing has been taken from the stack yet: the command itself is at work. */
  isFresh = true
  private readonly budget: number
  /** Set by the step: handles pending condition events, wakes waiting joins. */
  onConditionEvents: (events: readonly ConditionEvent[]) => void = () => {}
  onIdle: () => void = () => {}

  constructor(models: Models, family: Family | null, rootId: string, env: Env, behaviorOf: (node: Node) => ElementBehavior) {
    this.behaviorOf = behaviorOf
    this.models = models
    this.family = family
    this.rootId = rootId
    this.env = env
    this.seq = family?.seq ?? 0
    this.budget = env.stepBudget ?? defaultBudget
  }

  /** Last in, first out: depth-first, as Camunda does. */
  push(work: () => void): void {
    this.stack.push(work)
  }

  /** Work that falls away when the token has gone by then. */
  pushFor(instance: InstanceDraft, token: TokenDraft, work: () => void): void {
    this.stack.push(() => {
      if (instance.isAlive(token)) work()
    })
  }

  /** Works until nothing is left. */
  drain(): void {
    this.settleConditions()
    this.isFresh = false
    do {
      this.workDownTo(0)
      this.onIdle()
    } while (this.stack.length > 0 || this.conditionEvents.length > 0)
  }

  /** Does a piece of work with all that follows from it, before anything that waits already. */
  complete(work: () => void): void {
    const base = this.stack.length
    const wasFresh = this.isFresh
    work()
    this.isFresh = false
    this.workDownTo(base)
    this.isFresh = wasFresh
  }

  private workDownTo(base: number): void {
    let left = this.stack.length
    for (;;) {
      // What a condition wakes within a step waits until the work that woke it has gone on; a client's change wakes it at once.
      const next = this.conditionEvents.length > 0 && this.stack.length > Math.max(left, base) ? this.stack.pop() : undefined
      this.settleConditions()
      if (next) this.stack.push(next)
      if (this.stack.length <= base) return
      const work = this.stack.pop() as () => void
      left = this.stack.length
      this.operations += 1
      if (this.operations > this.budget) this.endlessLoop()
      work()
    }
  }

  private settleConditions(): void {
    for (let round = 0; this.conditionEvents.length > 0; round += 1) {
      if (round > this.budget) this.endlessLoop()
      const events = this.conditionEvents
      this.conditionEvents = []
      this.onConditionEvents(events)
    }
  }

  private endlessLoop(): never {
    throw new Refusal(failure('loop-detected', { instanceId: this.rootId, operations: this.budget }))
  }

  instance(id: string): InstanceDraft {
    const found = this.findInstance(id)
    if (!found) throw new Refusal(failure('unknown-instance', { instanceId: id }))
    return found
  }

  findInstance(id: string): InstanceDraft | undefined {
    const known = this.instances.get(id)
    if (known) return known.ended ? undefined : known
    const stored = this.family?.instances.get(id)
    if (!stored && this.family?.isPartial) throw new Needed({ kind: 'family' })
    if (!stored) return undefined
    const draft = new InstanceDraft(this, this.definition({ by: 'id', id: stored.definitionId }), stored, false)
    this.instances.set(id, draft)
    return draft
  }

  add(instance: Instance, definition: Definition): InstanceDraft {
    const draft = new InstanceDraft(this, definition, instance, true)
    this.instances.set(instance.id, draft)
    return draft
  }

  /** All living members, loaded for work. */
  allInstances(): InstanceDraft[] {
    if (this.family?.isPartial) throw new Needed({ kind: 'family' })
    for (const id of this.family?.instances.keys() ?? []) this.findInstance(id)
    return [...this.instances.values()].filter((instance) => !instance.ended)
  }

  /** A value with its members within reach. A text of JSON is parsed once in a step, or a large collection costs its square. */
  open(value: Value): Operand {
    const known = this.opened.get(value)
    if (known) return known
    const opened = lift(value)
    if (opened !== value) this.opened.set(value, opened)
    return opened
  }

  definition(ref: DefinitionRef): Definition {
    const found = this.models.resolve(ref)
    if (found === undefined) throw new Needed({ kind: 'definition', ref })
    if (found === null) throw new Refusal(failure('unknown-definition', { ref: JSON.stringify(ref) }))
    return found
  }

  record(instance: InstanceDraft, fact: HistoryFact): void {
    this.seq += 1
    this.history.push({
      seq: this.seq,
      at: this.env.now,
      rootId: this.rootId,
      instanceId: instance.id,
      definitionId: instance.definition.id,
      tenantId: instance.head.tenantId,
      ...fact,
    })
  }

  nextSeq(): number {
    this.seq += 1
    return this.seq
  }

  newId(): string {
    return this.env.newId()
  }

  assertIdle(): void {
    if (this.stack.length > 0) throw new InvariantError('work is left on the stack')
  }
}
