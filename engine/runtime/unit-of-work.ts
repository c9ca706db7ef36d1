import type { SqlValue, Tx } from '../../database/database.ts'
import type { Command } from '../core/command.ts'
import type { Definition } from '../core/definition.ts'
import type { DecisionRef, DefinitionRef, Env, Models, Need } from '../core/env.ts'
import { failure } from '../core/failure.ts'
import type { Family } from '../core/state.ts'
import { step } from '../core/step.ts'
import type { Variables } from '../core/value.ts'
import { evaluateDecision, evaluateFeel } from '../dmn/index.ts'
import type { EngineEvent } from '../process-engine.ts'
import type { CachedDecision, DecisionRecord } from './decision-cache.ts'
import type { EngineContext } from './engine-context.ts'
import { engineEvents } from './events.ts'
import { CommandRefused } from './failures.ts'
import type { Done, FamilyWrites, Place, Query, WriteContext } from './ports.ts'
import { deliverSignal } from './signals.ts'
import { endSubTasks } from './sub-tasks.ts'

/** A step that asks for more than this has run into a loop of references. */
const MAX_ROUNDS = 16

/**
 * The commands of one transaction on one set of loaded families. Each command sees what the ones before it have done; one that is
 * refused leaves no trace. Nothing is written before `flush`.
 */
export class UnitOfWork {
  readonly now: number
  readonly context: EngineContext
  readonly tx: Tx
  readonly done: Done[] = []
  private readonly families = new Map<string, Family | null>()
  /** Members that have ended here, and may still be in the tables. */
  private readonly ended = new Set<string>()
  private readonly writes: FamilyWrites
  private readonly env: Omit<Env, 'newId' | 'userId'>
  private readonly models: Models = {
    resolve: (ref) => (ref.by === 'id' && this.known.get(ref.id)) || this.resolved.get(JSON.stringify(ref)),
  }
  /** What the writes of a step need. */
  private readonly surely: WriteContext
  private readonly resolved = new Map<string, Definition | null>()
  private readonly known = new Map<string, Definition>()
  private readonly decisions = new Map<string, CachedDecision | null>()
  /** This transaction has changed definitions: it reads them from the tables. */
  fresh = false
  userId: string | null = null

  constructor(context: EngineContext, tx: Tx, now: number) {
    this.context = context
    this.tx = tx
    this.now = now
    this.writes = context.store.writes()
    this.env = this.surroundings()
    this.surely = {
      newId: context.newId,
      definition: (id) => {
        const found = this.known.get(id)
        if (!found) throw new Error(`Definition ${id} was not loaded.`)
        return found
      },
    }
  }

  /** A read that sees what this unit has done so far. */
  readonly query: Query = <Row>(sql: string, params?: readonly SqlValue[]): Promise<Row[]> => {
    this.flush()
    return this.tx.query<Row>(sql, params)
  }

  /** Locks and loads the instances that are not loaded yet, with those that called them: usually by one query. */
  async load(places: readonly Place[]): Promise<void> {
    const missing = places.filter((place) => !this.isLoaded(place))
    if (missing.length === 0) return
    const loaded = await this.context.store.loadMembers(this.tx, missing)
    for (const rootId of new Set(missing.map((place) => place.rootId))) this.take(rootId, loaded.get(rootId) ?? null)
  }

  /** The same for whole families. */
  async loadFamilies(rootIds: Iterable<string>): Promise<void> {
    const missing = [...new Set(rootIds)].filter((id) => this.families.get(id)?.isPartial ?? !this.families.has(id))
    if (missing.length === 0) return
    const loaded = await this.context.store.loadFamilies(this.tx, missing)
    for (const id of missing) this.take(id, loaded.get(id) ?? { rootId: id, seq: 0, instances: new Map() })
  }

  private isLoaded({ rootId, instanceId }: Place): boolean {
    const family = this.families.get(rootId)
    return family === null || (family !== undefined && (!family.isPartial || family.instances.has(instanceId)))
  }

  /** What was read joins what is here, which is newer. */
  private take(rootId: string, read: Family | null): void {
    const here = this.families.get(rootId)
    if (here === undefined) this.families.set(rootId, read && read.instances.size > 0 ? read : null)
    if (!here || !read) return
    const instances = new Map(here.instances)
    for (const [id, instance] of read.instances) if (!instances.has(id) && !this.ended.has(id)) instances.set(id, instance)
    const inOrder = new Map([...instances].sort(([a], [b]) => (a < b ? -1 : 1)))
    const { isPartial } = read
    this.families.set(rootId, { rootId, seq: Math.max(here.seq, read.seq), instances: inOrder, ...(isPartial && { isPartial }) })
  }

  /** A family that is about to come into being: there is nothing to load. */
  expectNew(rootId: string): void {
    this.families.set(rootId, null)
  }

  family(rootId: string): Family | null {
    return this.families.get(rootId) ?? null
  }

  async definition(id: string): Promise<Definition | null> {
    return this.known.get(id) ?? this.resolve({ by: 'id', id })
  }

  async resolve(ref: DefinitionRef): Promise<Definition | null> {
    const key = JSON.stringify(ref)
    const known = this.resolved.get(key)
    if (known !== undefined) return known
    const found = (await this.context.definitions.resolve(this.tx.query.bind(this.tx), ref, this.fresh))?.definition ?? null
    this.resolved.set(key, found)
    if (found) this.known.set(found.id, found)
    return found
  }

  /** Definitions were changed by this unit. */
  forgetDefinitions(): void {
    this.fresh = true
    this.resolved.clear()
    this.known.clear()
  }

  /** Runs one command. Throws `CommandRefused` when the core refuses it; then nothing of it has happened. */
  async run(rootId: string, command: Command): Promise<Done> {
    if (!this.isLoaded({ rootId, instanceId: command.instanceId })) await this.load([{ rootId, instanceId: command.instanceId }])
    if (command.kind === 'start' && !this.known.has(command.definitionId)) await this.definition(command.definitionId)
    const { before, done } = await this.step(rootId, command)
    const events = this.accept(rootId, before, done)
    if (events.length > 0) await this.context.listeners.tell(events, this.tx)
    for (const effect of done.effects)
      if (effect.kind === 'signal') await deliverSignal(this, effect, rootId)
      else await endSubTasks(this, effect)
    return done
  }

  flush(): void {
    if (!this.writes.isEmpty) this.writes.flush(this.tx)
  }

  /** Answers what listeners must be told: then its rows are there. */
  private accept(rootId: string, before: Family | null, done: Done): readonly EngineEvent[] {
    const { instances, isPartial } = done.family
    this.families.set(rootId, instances.size > 0 || isPartial ? done.family : null)
    for (const id of done.ended) this.ended.add(id)
    this.writes.add(before, done, this.surely)
    this.done.push(done)
    if (this.context.listeners.none) return []
    const events = engineEvents(before, done, (id) => this.surely.definition(id).key)
    if (events.length > 0) this.flush()
    return events
  }

  private async step(rootId: string, command: Command): Promise<{ before: Family | null; done: Done }> {
    const ids = new RepeatableIds(this.context)
    const env: Env = { ...this.env, newId: ids.next, userId: this.userId }
    for (let round = 0; round < MAX_ROUNDS; round++) {
      ids.again()
      const before = this.family(rootId)
      if (before)
        for (const { definitionId } of before.instances.values()) if (!this.known.has(definitionId)) await this.definition(definitionId)
      const result = step(this.models, before, command, env)
      if (result.kind === 'done') return { before, done: result }
      if (result.kind === 'refused') throw new CommandRefused(result.failure, result.failedActivityId)
      for (const need of result.needs) await this.fetch(rootId, need)
    }
    throw new CommandRefused(failure('loop-detected', { instanceId: rootId, operations: MAX_ROUNDS }))
  }

  private async fetch(rootId: string, need: Need): Promise<void> {
    if (need.kind === 'definition') await this.resolve(need.ref)
    else if (need.kind === 'family') await this.loadFamilies([rootId])
    else this.decisions.set(JSON.stringify(need.ref), await this.context.decisions.resolve(this.tx.query.bind(this.tx), need.ref))
  }

  /** What is the same for all steps of the unit. */
  private surroundings(): Omit<Env, 'newId' | 'userId'> {
    const { now } = this
    const { zone, compat, defaultRetries, retryTimeCycle, handlers, stepBudget } = this.context.settings
    const clock = { now, zone }
    return {
      now,
      zone,
      compat,
      defaultRetries,
      retryTimeCycle,
      ...(handlers && { handlers }),
      ...(stepBudget && { stepBudget }),
      evaluateDecision: (ref, variables) => this.decide(ref, variables),
      evaluateFeel: (expression, variables) => {
        const answer = evaluateFeel(expression, variables, clock)
        return answer.ok
          ? { value: answer.value }
          : { failure: failure('expression-failed', { expression, reason: answer.failure.message }) }
      },
    }
  }

  private decide(ref: DecisionRef, variables: Variables): ReturnType<Env['evaluateDecision']> {
    const found = this.decisions.get(JSON.stringify(ref))
    if (found === undefined) return undefined
    if (found === null) return 'unknown'
    const answer = evaluateDecision(found.model, found.row.key, variables, { now: this.now, zone: this.context.settings.zone })
    if (!answer.ok)
      return { failure: failure('decision-failed', { activityId: '', reason: answer.failure.message }, answer.failure.message) }
    const record: DecisionRecord = { rows: found.rows, evaluations: answer.value.evaluations }
    return { rows: answer.value.rows, decisionDefinitionId: found.row.id, history: record }
  }
}

/** A step that is run again gets the same ids. */
class RepeatableIds {
  private readonly ids: string[] = []
  private used = 0
  private readonly context: EngineContext
  readonly next: () => string

  constructor(context: EngineContext) {
    this.context = context
    this.next = this.take.bind(this)
  }

  again(): void {
    this.used = 0
  }

  private take(): string {
    if (this.used === this.ids.length) this.ids.push(this.context.newId())
    return this.ids[this.used++] as string
  }
}
