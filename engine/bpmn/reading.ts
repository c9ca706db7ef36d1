import type { Expression } from '../core/expression/index.ts'
import { parseExpression } from '../core/expression/index.ts'
import { noFormFields } from '../core/model/form-fields.ts'
import type { JobDeclaration } from '../core/model/job-declaration.ts'
import type { Async, Flow, Node } from '../core/model/node.ts'
import type { Start } from '../core/model/process-model.ts'
import type { Findings } from './finding.ts'
import type { GlobalElements } from './global-elements.ts'
import { childNamed, type XmlElement } from './xml.ts'

type Mutable<T> = { -readonly [K in keyof T]: T[K] extends readonly (infer E)[] ? E[] : T[K] }

export type NodeDraft = Mutable<Node>
export type FlowDraft = Mutable<Flow>

/** What is known of a handler's name; undefined: nothing, so that the model is refused. `late`: looked for when it is reached. */
export type KnownHandlers = (name: string) => 'pure' | 'remote' | 'late' | undefined

/** What the reader of one process has at hand and fills in. */
export interface Reading {
  readonly findings: Findings
  readonly globals: GlobalElements
  readonly processId: string
  readonly handlers: KnownHandlers
  readonly nodes: Map<string, NodeDraft>
  readonly flows: Map<string, FlowDraft>
  readonly elementOf: Map<string, XmlElement>
  readonly jobs: JobDeclaration[]
  readonly starts: Start[]
  /** Link throw event id -> link name; link name per scope -> catching node. */
  readonly linkSources: Map<string, { readonly name: string; readonly element: XmlElement; readonly scope: NodeDraft }>
  readonly linkTargets: Map<string, NodeDraft>
  /** Compensation boundary events by id, to be joined with their handlers by associations. */
  readonly compensationBoundaries: Map<string, NodeDraft>
}

export const noAsync: Async = {
  before: false,
  after: false,
  exclusive: true,
  beforeKey: '',
  afterKey: '',
  retryTimeCycle: null,
  priority: null,
}

export function newNode(id: string, activityType: string, behavior: Node['behavior'], name: string | null): NodeDraft {
  return {
    id,
    name,
    activityType,
    behavior,
    parent: null,
    eventScope: null,
    isScope: false,
    incoming: [],
    outgoing: [],
    defaultFlow: null,
    children: [],
    boundaryEvents: [],
    eventSubprocesses: [],
    async: noAsync,
    inputs: [],
    outputs: [],
    startListeners: [],
    endListeners: [],
    isForCompensation: false,
    compensationHandler: null,
    properties: {},
    formFields: noFormFields,
  }
}

/** Parses an expression; a wrong one is a finding, and its text is taken as it is. */
export function expression(reading: Reading, text: string, element: XmlElement): Expression {
  const parsed = parseExpression(text)
  if (parsed.ok) return parsed.value
  reading.findings.error('expression-syntax', parsed.failure.message, element)
  return { text, parts: [text], isLiteral: true }
}

export const optionalExpression = (reading: Reading, text: string | undefined, element: XmlElement): Expression | null =>
  text === undefined || text === '' ? null : expression(reading, text, element)

export function numberExpression(reading: Reading, attribute: string, element: XmlElement): Expression | null {
  const text = element.attributes[attribute]
  const parsed = optionalExpression(reading, text, element)
  if (parsed?.isLiteral && !/^[+-]?\d+$/.test(parsed.text.trim())) {
    reading.findings.error('invalid-number', `value '${text}' for attribute '${attribute}' is not a valid number`, element)
    return null
  }
  return parsed
}

/** Adds a created node to its scope. A second element with the same id is a finding. */
export function addNode(reading: Reading, node: NodeDraft, scope: NodeDraft, element: XmlElement): void {
  if (reading.nodes.has(node.id)) reading.findings.error('duplicate-id', `the id '${node.id}' is used twice`, element, node.id)
  node.parent = scope
  scope.children.push(node)
  reading.nodes.set(node.id, node)
  reading.elementOf.set(node.id, element)
}

export function idOf(reading: Reading, element: XmlElement): string {
  const id = element.attributes['id']
  if (id) return id
  reading.findings.error('id-missing', `<${element.name.replace('bpmn:', '')}> needs an id`, element)
  return `${element.name}@${element.line}:${element.column}`
}

export const nameOf = (element: XmlElement): string | null => element.attributes['name'] ?? null

export function documentationOf(element: XmlElement): string | undefined {
  return childNamed(element, 'bpmn:documentation')?.text.trim() || undefined
}
