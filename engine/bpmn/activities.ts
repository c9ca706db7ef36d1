import type { Behavior, MultiInstance } from '../core/model/node.ts'
import { readCallActivity } from './call-activity.ts'
import { eventDefinitionOf } from './event-definitions.ts'
import { readEndEvent, readIntermediateCatch, readIntermediateThrow, readStartEvent } from './events.ts'
import { readAsync, readExecutionListeners, readInputOutput, readProperties } from './extension-elements.ts'
import { readFormFields } from './form-fields.ts'
import { addNode, expression, idOf, type NodeDraft, nameOf, newNode, optionalExpression, type Reading } from './reading.ts'
import { readBusinessRuleTask, readReceiveTask, readScriptTask, readServiceLike, readUserTask } from './tasks.ts'
import { childNamed, type XmlElement } from './xml.ts'

const ignored = new Set([
  'incoming',
  'outgoing',
  'documentation',
  'extensionElements',
  'laneSet',
  'dataObject',
  'dataObjectReference',
  'dataStoreReference',
  'property',
  'ioSpecification',
  'dataInputAssociation',
  'dataOutputAssociation',
  'textAnnotation',
  'group',
  'association',
  'sequenceFlow',
  'boundaryEvent',
  'multiInstanceLoopCharacteristics',
  'auditing',
  'monitoring',
  'categoryValueRef',
  'supports',
  'ioBinding',
  'resourceRole',
  'performer',
  'potentialOwner',
  'humanPerformer',
  'completionCondition',
])

const gateways: Readonly<Record<string, Behavior>> = {
  exclusiveGateway: { kind: 'exclusiveGateway' },
  parallelGateway: { kind: 'parallelGateway' },
  inclusiveGateway: { kind: 'inclusiveGateway', reachableFrom: new Set() },
  eventBasedGateway: { kind: 'eventGateway', events: [] },
}

const activities = new Set([
  'task',
  'manualTask',
  'userTask',
  'serviceTask',
  'sendTask',
  'scriptTask',
  'receiveTask',
  'businessRuleTask',
  'callActivity',
  'subProcess',
  'transaction',
])

/** Reads one flow element into its scope. `readScope` reads what is inside a subprocess. */
export function readFlowElement(
  reading: Reading,
  element: XmlElement,
  scope: NodeDraft,
  isAfterEventGateway: (id: string) => boolean,
  readScope: (element: XmlElement, scope: NodeDraft) => void,
): void {
  if (!element.name.startsWith('bpmn:')) return
  const kind = element.name.slice(5)
  if (ignored.has(kind)) return
  const id = idOf(reading, element)
  if (activities.has(kind)) {
    readActivity(reading, element, kind, id, scope, readScope)
    return
  }
  const gateway = gateways[kind]
  let node: NodeDraft | null
  if (gateway) {
    node = newNode(id, kind, gateway, nameOf(element))
    node.isScope = kind === 'eventBasedGateway'
  } else if (kind === 'startEvent') node = readStartEvent(reading, element, id, scope)
  else if (kind === 'endEvent') node = readEndEvent(reading, element, id)
  else if (kind === 'intermediateCatchEvent') {
    node = readIntermediateCatch(reading, element, id, isAfterEventGateway(id))
    const definition = eventDefinitionOf(reading, element)
    if (definition.kind === 'link') rememberLinkTarget(reading, definition.element, node, scope)
  } else if (kind === 'intermediateThrowEvent') node = readIntermediateThrow(reading, element, id, scope)
  else {
    reading.findings.error('unsupported-element', `<${kind}> is not supported`, element, id)
    return
  }
  if (!node) return
  addNode(reading, node, scope, element)
  readCommon(reading, element, node, node)
}

function rememberLinkTarget(reading: Reading, definition: XmlElement, node: NodeDraft, scope: NodeDraft): void {
  const name = definition.attributes['name']
  const key = `${scope.id}\n${name}`
  if (!name) reading.findings.error('link-name-missing', 'a link event needs a name', definition, node.id)
  else if (reading.linkTargets.has(key)) {
    reading.findings.error(
      'duplicate-link',
      `multiple intermediate catch events with the same link event name ('${name}') are not allowed`,
      definition,
      node.id,
    )
  } else reading.linkTargets.set(key, node)
}

function readActivity(
  reading: Reading,
  element: XmlElement,
  kind: string,
  id: string,
  scope: NodeDraft,
  readScope: (element: XmlElement, scope: NodeDraft) => void,
): void {
  const isEventSubprocess = kind === 'subProcess' && element.attributes['triggeredByEvent'] === 'true'
  const loop = childNamed(element, 'bpmn:standardLoopCharacteristics')
  if (loop) reading.findings.error('unsupported-element', 'standard loops are not supported, use multi-instance', loop, id)
  const node = newNode(id, kind, activityBehavior(reading, element, kind, id, isEventSubprocess), nameOf(element))
  node.isForCompensation = element.attributes['isForCompensation'] === 'true'
  const multiple = childNamed(element, 'bpmn:multiInstanceLoopCharacteristics')
  let outer = node
  if (multiple && !isEventSubprocess) {
    outer = newNode(
      `${id}#multiInstanceBody`,
      'multiInstanceBody',
      { kind: 'multiInstanceBody', multiInstance: readMultiInstance(reading, multiple, element, node) },
      null,
    )
    outer.isScope = true
    addNode(reading, outer, scope, element)
    addNode(reading, node, outer, element)
    if (node.isForCompensation) outer.isForCompensation = true
  } else addNode(reading, node, scope, element)
  const behavior = node.behavior.kind
  node.isScope =
    ['subprocess', 'eventSubprocess', 'externalTask'].includes(behavior) ||
    // What a call of several keeps to itself lies on its branch, as in Camunda.
    (behavior === 'callActivity' && outer === node) ||
    (node.behavior.kind === 'receiveTask' && node.behavior.message !== null)
  if (isEventSubprocess) scope.eventSubprocesses.push(node)
  readCommon(reading, element, node, outer, multiple)
  if (behavior === 'subprocess' || behavior === 'eventSubprocess') readScope(element, node)
}

function activityBehavior(reading: Reading, element: XmlElement, kind: string, id: string, isEventSubprocess: boolean): Behavior {
  switch (kind) {
    case 'userTask':
      return readUserTask(reading, element, id)
    case 'serviceTask':
    case 'sendTask': {
      const behavior = readServiceLike(reading, element, id, kind)
      if (!behavior) {
        reading.findings.error(
          'implementation-missing',
          `one of the attributes 'class', 'delegateExpression', 'type', or 'expression' is mandatory on ${kind}`,
          element,
          id,
        )
      }
      return behavior ?? { kind: 'pass' }
    }
    case 'scriptTask':
      return readScriptTask(reading, element, id)
    case 'receiveTask':
      return readReceiveTask(reading, element, id)
    case 'businessRuleTask':
      return readBusinessRuleTask(reading, element, id)
    case 'callActivity':
      return readCallActivity(reading, element, id)
    case 'subProcess':
    case 'transaction':
      return isEventSubprocess
        ? { kind: 'eventSubprocess', start: undefined as never }
        : { kind: 'subprocess', transaction: kind === 'transaction', start: null }
    default:
      return { kind: 'pass' }
  }
}

function readMultiInstance(reading: Reading, element: XmlElement, activity: XmlElement, inner: NodeDraft): MultiInstance {
  const cardinality = childNamed(element, 'bpmn:loopCardinality')?.text.trim()
  const condition = childNamed(element, 'bpmn:completionCondition')?.text.trim()
  const dataInput = childNamed(element, 'bpmn:loopDataInputRef')?.text.trim()
  const dataItem = childNamed(element, 'bpmn:inputDataItem')?.attributes['name']
  const collection = element.attributes['camunda:collection'] ?? dataInput
  if (!cardinality && collection === undefined) {
    reading.findings.error(
      'multi-instance-incomplete',
      'either loopCardinality or a collection is required of a multi-instance activity',
      element,
      inner.id,
    )
  }
  if (collection === '') reading.findings.error('multi-instance-incomplete', 'the collection must not be empty', element, inner.id)
  const elementVariable = element.attributes['camunda:elementVariable'] ?? dataItem ?? null
  if (collection === undefined && elementVariable !== null) {
    reading.findings.error('multi-instance-incomplete', 'elementVariable needs a collection', element, inner.id)
  }
  const isExpression = collection?.includes('{') ?? false
  return {
    sequential: element.attributes['isSequential'] === 'true',
    cardinality: optionalExpression(reading, cardinality, element),
    collection: isExpression && collection ? expression(reading, collection, activity) : null,
    collectionVariable: isExpression ? null : (collection ?? null),
    elementVariable,
    completionCondition: optionalExpression(reading, condition, element),
    inner,
  }
}

const noMappings = new Set(['startEvent', 'boundaryEvent', 'exclusiveGateway', 'parallelGateway', 'inclusiveGateway', 'eventGateway'])

function readCommon(reading: Reading, element: XmlElement, node: NodeDraft, outer: NodeDraft, multiple?: XmlElement): void {
  const isEvent = node.behavior.kind === 'boundaryEvent'
  outer.async = readAsync(reading, element, outer)
  if (multiple) node.async = readAsync(reading, multiple, node, element)
  if (isEvent && outer.async.before) outer.async = { ...outer.async }
  readExecutionListeners(reading, element, node)
  node.properties = readProperties(element)
  node.formFields = readFormFields(reading, element)
  const mapping = readInputOutput(reading, element)
  if (!mapping) return
  const first = mapping.element
  const hasAny = mapping.inputs.length + mapping.outputs.length > 0
  if (hasAny && noMappings.has(node.behavior.kind)) {
    reading.findings.error('mapping-not-allowed', `input and output parameters are not allowed on ${node.activityType}`, first, node.id)
  } else if (mapping.outputs.length > 0 && /EndEvent$/.test(node.activityType)) {
    reading.findings.error('mapping-not-allowed', 'output parameters are not allowed on an end event', first, node.id)
  } else if (mapping.outputs.length > 0 && multiple) {
    reading.findings.error('mapping-not-allowed', 'output parameters are not allowed on a multi-instance activity', first, node.id)
  } else if (node.behavior.kind === 'eventSubprocess') {
    reading.findings.error('mapping-not-allowed', 'input and output parameters are not allowed on an event subprocess', first, node.id)
  }
  node.inputs = mapping.inputs
  node.outputs = mapping.outputs
  // The instances of a multi-instance task keep what they are given on their branch, not in a scope, as in Camunda.
  if (hasAny && !multiple) node.isScope = true
}
