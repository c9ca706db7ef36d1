import type { Definition } from '../definition.ts'
import { type EntityKind, ownersByKind } from '../entity-kind.ts'
import { failure, InvariantError, Refusal } from '../failure.ts'
import type { HistoryFact } from '../history-event.ts'
import type { Node } from '../model/node.ts'
import type { ExternalTask, Incident, Instance, Job, Scope, Subscription, Task, Token } from '../state.ts'
import type { Run } from './run.ts'
import { type Mutable, Table } from './table.ts'

export type TokenDraft = Mutable<Token>
export type ScopeDraft = Mutable<Scope>
export type TaskDraft = Mutable<Task>

export type InstanceHead = Omit<Instance, EntityKind>

/** One instance while a step works on it. */
export class InstanceDraft {
  readonly run: Run
  /** Changes when the instance is migrated. */
  definition: Definition
  readonly baseDefinition: Definition
  readonly base: Instance | null
  readonly head: Mutable<InstanceHead>
  readonly scopes: Table<Scope>
  readonly tokens: Table<Token>
  readonly tasks: Table<Task>
  readonly jobs: Table<Job>
  readonly subscriptions: Table<Subscription>
  readonly externalTasks: Table<ExternalTask>
  readonly incidents: Table<Incident>
  ended = false

  constructor(run: Run, definition: Definition, instance: Instance, isNew: boolean) {
    this.run = run
    this.definition = definition
    this.baseDefinition = definition
    this.base = isNew ? null : instance
    const { scopes, tokens, tasks, jobs, subscriptions, externalTasks, incidents, ...head } = instance
    this.head = head
    this.scopes = new Table(scopes, ownersByKind.scopes)
    this.tokens = new Table(tokens, ownersByKind.tokens)
    this.tasks = new Table(tasks, ownersByKind.tasks)
    this.jobs = new Table(jobs, ownersByKind.jobs)
    this.subscriptions = new Table(subscriptions, ownersByKind.subscriptions)
    this.externalTasks = new Table(externalTasks, ownersByKind.externalTasks)
    this.incidents = new Table(incidents, ownersByKind.incidents)
  }

  get id(): string {
    return this.head.id
  }

  node(id: string | null): Node {
    const node = id === null ? undefined : this.definition.model.nodes.get(id)
    if (!node) throw new InvariantError(`${this.definition.id} has no node ${id}`)
    return node
  }

  nodeOf(token: TokenDraft): Node {
    return this.node(token.node)
  }

  scope(id: string): ScopeDraft {
    const scope = this.scopes.edit(id)
    if (!scope) throw new InvariantError(`instance ${this.id} has no scope ${id}`)
    return scope
  }

  get rootScope(): ScopeDraft {
    return this.scope(this.id)
  }

  scopeOf(token: TokenDraft): ScopeDraft {
    return this.scope(token.scopeId)
  }

  token(id: string): TokenDraft {
    const token = this.tokens.edit(id)
    if (!token) throw new InvariantError(`instance ${this.id} has no token ${id}`)
    return token
  }

  /** The token that opened a scope. */
  outerToken(scope: ScopeDraft): TokenDraft | null {
    return scope.tokenId === null ? null : this.token(scope.tokenId)
  }

  tokensIn(scope: ScopeDraft): TokenDraft[] {
    return this.tokens.of(scope.id)
  }

  isAlive(token: TokenDraft): boolean {
    return !this.ended && this.tokens.isAlive(token)
  }

  record(fact: HistoryFact): void {
    this.run.record(this, fact)
  }

  requireActive(): void {
    if (this.head.suspended) throw new Refusal(failure('instance-suspended', { instanceId: this.id }))
  }

  get isTouched(): boolean {
    return this.tables().some((table) => table.isTouched)
  }

  tables(): readonly { readonly isTouched: boolean }[] {
    return [this.scopes, this.tokens, this.tasks, this.jobs, this.subscriptions, this.externalTasks, this.incidents]
  }

  result(): Instance {
    return {
      ...this.head,
      scopes: this.scopes.result(),
      tokens: this.tokens.result(),
      tasks: this.tasks.result(),
      jobs: this.jobs.result(),
      subscriptions: this.subscriptions.result(),
      externalTasks: this.externalTasks.result(),
      incidents: this.incidents.result(),
    }
  }
}

const none: ReadonlyMap<string, never> = new Map<string, never>()

export const emptyTables = {
  scopes: none,
  tokens: none,
  tasks: none,
  jobs: none,
  subscriptions: none,
  externalTasks: none,
  incidents: none,
}
