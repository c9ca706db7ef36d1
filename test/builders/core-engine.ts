import { readBpmn } from '../../engine/bpmn/index.ts'
import {
  type ActivityInstance,
  activityTree,
  type Command,
  type CompatFlags,
  type Definition,
  decode,
  defaultCompat,
  type EntityChange,
  type Env,
  encode,
  type Family,
  familyOf,
  type Handlers,
  type HistoryEvent,
  handlerNamed,
  type Models,
  project,
  type RowSets,
  rowKinds,
  type StepResult,
  step,
  type Variables,
} from '../../engine/core/index.ts'

/** The core alone, in memory: steps, keeps what a store would keep, and checks after each step that the two agree. */
export class CoreEngine {
  now = Date.UTC(2023, 0, 1)
  private readonly compat: CompatFlags
  private readonly handlers: Handlers
  readonly definitions: Definition[] = []
  family: Family | null = null
  stepBudget = 0
  readonly history: HistoryEvent[] = []
  private ids = 0
  private rows = new Map<string, unknown>()

  constructor(compat: CompatFlags = defaultCompat, handlers: Handlers = {}) {
    this.compat = compat
    this.handlers = handlers
  }

  deploy(xml: string): void {
    const reading = readBpmn(xml, 'test.bpmn', (name) => {
      const handler = handlerNamed(this.handlers, name)
      return handler && (handler.remote ? 'remote' : 'pure')
    })
    if (!reading.ok) throw new Error(JSON.stringify(reading.findings, null, 1))
    for (const model of reading.processes) {
      this.definitions.push({
        id: `${model.id}:1`,
        key: model.id,
        version: 1,
        versionTag: model.versionTag,
        deploymentId: 'deployment',
        tenantId: null,
        suspended: false,
        model,
        jobDefinitions: {},
      })
    }
  }

  readonly models: Models = {
    resolve: (ref) =>
      this.definitions.find((definition) => (ref.by === 'id' ? definition.id === ref.id : definition.key === ref.key)) ?? null,
  }

  env(): Env {
    return {
      now: this.now,
      newId: () => `i${++this.ids}`,
      zone: 'UTC',
      compat: this.compat,
      defaultRetries: 3,
      retryTimeCycle: null,
      ...(this.stepBudget && { stepBudget: this.stepBudget }),
      handlers: this.handlers,
      evaluateDecision: () => 'unknown',
    }
  }

  /** Runs a step and answers what it recorded. Throws when it is refused. */
  run(command: Command): readonly HistoryEvent[] {
    const result = this.attempt(command)
    if (result.kind !== 'done') throw new Error(JSON.stringify(result))
    return result.history
  }

  attempt(command: Command): StepResult {
    const before = this.family && JSON.stringify([...this.family.instances.values()].map(encode))
    const result = step(this.models, this.family, command, this.env())
    const after = this.family && JSON.stringify([...this.family.instances.values()].map(encode))
    if (before !== after) throw new Error('the step changed the family that it was given')
    if (result.kind === 'done') {
      this.family = familyOf(
        result.family.rootId,
        result.family.seq,
        [...result.family.instances.values()].map((instance) => decode(encode(instance))),
      )
      this.history.push(...result.history)
      this.apply(result.changes)
    }
    return result
  }

  start(key = this.definitions[0]?.key ?? '', variables: Variables = {}, extra: Partial<Extract<Command, { kind: 'start' }>> = {}): string {
    this.family = null
    this.rows = new Map()
    const instanceId = `p${++this.ids}`
    this.run({ kind: 'start', definitionId: `${key}:1`, instanceId, businessKey: null, variables, ...extra })
    return instanceId
  }

  complete(activityId: string, variables: Variables = {}): readonly HistoryEvent[] {
    for (const instance of this.family?.instances.values() ?? []) {
      for (const task of instance.tasks.values()) {
        if (task.node === activityId) return this.run({ kind: 'completeTask', instanceId: instance.id, taskId: task.id, variables })
      }
    }
    throw new Error(`no task ${activityId}`)
  }

  fire(activityId: string): readonly HistoryEvent[] {
    for (const instance of this.family?.instances.values() ?? []) {
      for (const job of instance.jobs.values())
        if (job.node === activityId) return this.run({ kind: 'fireJob', instanceId: instance.id, jobId: job.id })
    }
    throw new Error(`no job ${activityId}`)
  }

  deliver(name: string, variables: Variables = {}): readonly HistoryEvent[] {
    for (const instance of this.family?.instances.values() ?? []) {
      for (const subscription of instance.subscriptions.values()) {
        if (subscription.name === name)
          return this.run({ kind: 'deliver', instanceId: instance.id, subscriptionId: subscription.id, variables })
      }
    }
    throw new Error(`nobody waits for ${name}`)
  }

  get tasks(): string[] {
    return [...(this.family?.instances.values() ?? [])].flatMap((instance) => Array.from(instance.tasks.values(), (task) => task.node))
  }

  get ended(): boolean {
    return this.family !== null && this.family.instances.size === 0
  }

  /** The tree as nested names: `~` marks a transition instance. */
  tree(instanceId = this.family?.rootId ?? ''): unknown {
    const instance = this.family?.instances.get(instanceId)
    const definition = instance && this.definitions.find((each) => each.id === instance.definitionId)
    if (!instance || !definition) return null
    const shape = (node: ActivityInstance, root: boolean): unknown => {
      const children = [
        ...node.childActivityInstances.map((child) => shape(child, false)),
        ...node.childTransitionInstances.map((each) => `~${each.activityId}`),
      ]
      const name = root ? '' : node.activityId
      return children.length === 0 ? name : [name, ...children]
    }
    return shape(activityTree(definition, instance), true)
  }

  /** What ended, in order, with `x` before what was cancelled. */
  get path(): string[] {
    return this.history.flatMap((event) => (event.kind === 'activity-ended' ? [`${event.canceled ? 'x' : ''}${event.activityId}`] : []))
  }

  private apply(changes: readonly EntityChange[]): void {
    for (const change of changes) {
      const key = `${change.kind} ${change.id}`
      if (change.op === 'insert' && this.rows.has(key)) throw new Error(`inserted twice: ${key}`)
      if (change.op !== 'insert' && !this.rows.has(key)) throw new Error(`${change.op} of a row that is not there: ${key}`)
      if (change.op === 'delete') this.rows.delete(key)
      else this.rows.set(key, change.row)
    }
    const expected = flat(project(this.models, this.family))
    const differences = [...new Set([...expected.keys(), ...this.rows.keys()])].filter(
      (key) => text(expected.get(key)) !== text(this.rows.get(key)),
    )
    if (differences.length > 0) {
      const details = differences.map((key) => `${key}: expected ${text(expected.get(key))} kept ${text(this.rows.get(key))}`)
      throw new Error(`the projection is not its changes: ${details.join('\n')}`)
    }
  }
}

const text = (row: unknown): string =>
  JSON.stringify(row, (_key, value: unknown) => (typeof value === 'bigint' ? `${value}n` : value)) ?? 'nothing'

function flat(sets: RowSets): Map<string, unknown> {
  const rows = new Map<string, unknown>()
  for (const kind of rowKinds) for (const [id, row] of sets[kind]) rows.set(`${kind} ${id}`, row)
  return rows
}

const namespaces =
  'xmlns="http://www.omg.org/spec/BPMN/20100524/MODEL" xmlns:camunda="http://camunda.org/schema/1.0/bpmn" xmlns:xsi="http://www.w3.org/2001/XMLSchema-instance"'

/** A file around the content of one process, with what it refers to. */
export const bpmn = (content: string, globals = '', id = 'p'): string =>
  `<definitions ${namespaces} targetNamespace="t">${globals}<process id="${id}" isExecutable="true">${content}</process></definitions>`

/** `a>b` or `a>b?condition`: sequence flows. */
export const flows = (...texts: readonly string[]): string =>
  texts
    .map((each, index) => {
      const [ends = '', condition] = each.split('?')
      const [source, target] = ends.split('>')
      const inner = condition ? `<conditionExpression xsi:type="tFormalExpression"><![CDATA[${condition}]]></conditionExpression>` : ''
      return `<sequenceFlow id="f${index}_${source}_${target}" sourceRef="${source}" targetRef="${target}">${inner}</sequenceFlow>`
    })
    .join('')
