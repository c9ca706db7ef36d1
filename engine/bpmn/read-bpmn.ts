import type { ProcessModel } from '../core/model/process-model.ts'
import { readFlowElement } from './activities.ts'
import { readAssociations } from './associations.ts'
import { readBoundaryEvent } from './events.ts'
import { readAsync, readExecutionListeners, readProperties } from './extension-elements.ts'
import { type BpmnFinding, collectFindings, type Findings } from './finding.ts'
import { readFlows } from './flows.ts'
import { type GlobalElements, readGlobalElements } from './global-elements.ts'
import { linkInclusiveGateways } from './reachability.ts'
import {
  addNode,
  documentationOf,
  idOf,
  type KnownHandlers,
  type NodeDraft,
  nameOf,
  newNode,
  numberExpression,
  type Reading,
} from './reading.ts'
import { checkCompensationRefs, checkScope } from './rules.ts'
import { splitCommas } from './tasks.ts'
import { childrenNamed, parseXml, type XmlElement } from './xml.ts'

/** `malformed`: the text is no XML at all, or carries a document type declaration. */
export type BpmnReading =
  | { readonly ok: true; readonly processes: readonly ProcessModel[]; readonly findings: readonly BpmnFinding[] }
  | { readonly ok: false; readonly malformed: boolean; readonly findings: readonly BpmnFinding[] }

/**
 * Reads a BPMN file into executable models, one per executable process. Everything that cannot be executed as drawn is an
 * error, all of them at once, with element ids, line and column. Warnings do not refuse. `handlers` tells which names are registered.
 */
export function readBpmn(source: string, resource: string, handlers: KnownHandlers = () => undefined): BpmnReading {
  const findings = collectFindings(resource)
  const xml = source.length > maxLength ? tooLong(source) : parseXml(source)
  if (!xml.ok) {
    const finding: BpmnFinding = {
      severity: 'error',
      code: 'malformed-xml',
      message: xml.message,
      resource,
      mainElementId: null,
      elementIds: [],
      line: xml.line,
      column: xml.column,
    }
    return { ok: false, malformed: true, findings: [finding] }
  }
  if (xml.root.name !== 'bpmn:definitions') {
    findings.error('not-bpmn', `the root element is <${xml.root.name}>, not the definitions of BPMN 2.0`, xml.root)
    return { ok: false, malformed: false, findings: findings.all }
  }
  const globals = readGlobalElements(xml.root, findings)
  const processes: ProcessModel[] = []
  for (const element of childrenNamed(xml.root, 'bpmn:process')) {
    if (element.attributes['isExecutable'] === 'true') processes.push(readProcess(element, globals, findings, handlers))
  }
  if (findings.all.some((finding) => finding.severity === 'error')) return { ok: false, malformed: false, findings: findings.all }
  return { ok: true, processes, findings: findings.all }
}

const maxLength = 10 * 1024 * 1024

const tooLong = (source: string) =>
  ({ ok: false, message: `a model may have ${maxLength} characters, not ${source.length}`, line: 1, column: 1 }) as const

function readProcess(element: XmlElement, globals: GlobalElements, findings: Findings, handlers: KnownHandlers): ProcessModel {
  const reading: Reading = {
    findings,
    globals,
    processId: element.attributes['id'] ?? '',
    handlers,
    nodes: new Map(),
    flows: new Map(),
    elementOf: new Map(),
    jobs: [],
    starts: [],
    linkSources: new Map(),
    linkTargets: new Map(),
    compensationBoundaries: new Map(),
  }
  const id = idOf(reading, element)
  const root = newNode(id, 'processDefinition', { kind: 'process' }, nameOf(element))
  root.isScope = true
  reading.nodes.set(id, root)
  reading.elementOf.set(id, element)
  const attribute = (name: string): string | null => element.attributes[`camunda:${name}`] ?? null
  const jobPriority = numberExpression(reading, 'camunda:jobPriority', element)
  const taskPriority = numberExpression(reading, 'camunda:taskPriority', element)
  readExecutionListeners(reading, element, root)
  root.properties = readProperties(element)
  readScope(reading, element, root)
  readAssociations(reading, element)
  checkCompensationRefs(reading)
  return {
    id,
    name: nameOf(element),
    versionTag: attribute('versionTag'),
    documentation: documentationOf(element) ?? null,
    startableInTasklist: attribute('isStartableInTasklist') !== 'false',
    historyTimeToLive: attribute('historyTimeToLive'),
    candidateStarterUsers: splitCommas(attribute('candidateStarterUsers') ?? ''),
    candidateStarterGroups: splitCommas(attribute('candidateStarterGroups') ?? ''),
    root,
    nodes: reading.nodes,
    flows: reading.flows,
    jobs: reading.jobs,
    hasConditionalEvent: [...reading.nodes.values()].some(
      ({ behavior }) => 'trigger' in behavior && behavior.trigger.kind === 'conditional',
    ),
    hasInclusiveGateway: [...reading.nodes.values()].some((node) => node.behavior.kind === 'inclusiveGateway'),
    starts: reading.starts,
    jobPriority,
    taskPriority,
  }
}

function readScope(reading: Reading, element: XmlElement, scope: NodeDraft): void {
  const afterGateway = eventsAfterGateways(element)
  const inner = (child: XmlElement, node: NodeDraft): void => readScope(reading, child, node)
  for (const child of element.children) readFlowElement(reading, child, scope, (id) => afterGateway.has(id), inner)
  for (const child of childrenNamed(element, 'bpmn:boundaryEvent')) {
    const id = idOf(reading, child)
    const node = readBoundaryEvent(reading, child, id, scope)
    if (!node) continue
    addNode(reading, node, scope, child)
    node.async = readAsync(reading, child, node)
    readExecutionListeners(reading, child, node)
    node.properties = readProperties(child)
    refuseMappings(reading, child, node)
  }
  for (const { start } of scope.eventSubprocesses.map((each) => ({
    start: each.children.find((node) => node.behavior.kind === 'startEvent'),
  }))) {
    if (start) (start as NodeDraft).eventScope = scope
  }
  readFlows(reading, element, scope)
  checkScope(reading, element, scope)
  linkInclusiveGateways(scope)
}

function eventsAfterGateways(element: XmlElement): ReadonlySet<string> {
  const gateways = new Set(childrenNamed(element, 'bpmn:eventBasedGateway').map((gateway) => gateway.attributes['id']))
  if (gateways.size === 0) return new Set()
  return new Set(
    childrenNamed(element, 'bpmn:sequenceFlow')
      .filter((flow) => gateways.has(flow.attributes['sourceRef'] ?? ''))
      .map((flow) => flow.attributes['targetRef'] ?? ''),
  )
}

function refuseMappings(reading: Reading, element: XmlElement, node: NodeDraft): void {
  const mapping = childrenNamed(element, 'bpmn:extensionElements').flatMap((extension) =>
    childrenNamed(extension, 'camunda:inputOutput'),
  )[0]
  if (mapping && mapping.children.length > 0) {
    reading.findings.error('mapping-not-allowed', `input and output parameters are not allowed on ${node.activityType}`, mapping, node.id)
  }
}
