import type { Async, Listener, Parameter, ParameterValue, VariableMapping } from '../core/model/node.ts'
import { readHandler } from './handlers.ts'
import { expression, type NodeDraft, numberExpression, optionalExpression, type Reading } from './reading.ts'
import { childNamed, childrenNamed, type XmlElement } from './xml.ts'

export const extensionOf = (element: XmlElement): XmlElement | undefined => childNamed(element, 'bpmn:extensionElements')

export function extensionChildren(element: XmlElement, name: string): readonly XmlElement[] {
  const extension = extensionOf(element)
  return extension ? childrenNamed(extension, `camunda:${name}`) : []
}

export function readProperties(element: XmlElement): Record<string, string> {
  const found: Record<string, string> = {}
  for (const properties of extensionChildren(element, 'properties')) {
    for (const property of childrenNamed(properties, 'camunda:property')) {
      const { name, value } = property.attributes
      if (name !== undefined) found[name] = value ?? ''
    }
  }
  return found
}

/** `asyncBefore`, `asyncAfter` (and the older `async`) with their job declarations. `node` is the body for a multi-instance activity. */
export function readAsync(reading: Reading, element: XmlElement, node: NodeDraft, priorityElement: XmlElement = element): Async {
  const flag = (name: string): boolean => element.attributes[`camunda:${name}`] === 'true'
  const before = flag('async') || flag('asyncBefore')
  const after = flag('asyncAfter')
  const exclusive = element.attributes['camunda:exclusive'] !== 'false'
  const priority = numberExpression(reading, 'camunda:jobPriority', priorityElement)
  const cycle = extensionChildren(element, 'failedJobRetryTimeCycle')[0]
  const async: Async = {
    before,
    after,
    exclusive,
    beforeKey: `${node.id}:async-before`,
    afterKey: `${node.id}:async-after`,
    retryTimeCycle: cycle ? optionalExpression(reading, cycle.text.trim(), cycle) : null,
    priority,
  }
  const declare = (key: string, configuration: string): void => {
    reading.jobs.push({ key, activityId: node.id, handler: 'async-continuation', configuration, timer: null, priority })
  }
  if (before) declare(async.beforeKey, 'async-before')
  if (after) declare(async.afterKey, 'async-after')
  return async
}

export function readListener(reading: Reading, element: XmlElement): Listener | null {
  const text = element.attributes['camunda:expression'] ?? element.attributes['expression']
  if (text !== undefined) return { kind: 'expression', expression: expression(reading, text, element) }
  const script = childNamed(element, 'camunda:script')
  if (script) return readScriptListener(reading, script)
  const handler = readHandler(reading, element, element.attributes['class'], element.attributes['delegateExpression'], ownerId(element))
  if (handler) {
    if (reading.handlers(handler.name) === 'remote')
      reading.findings.error('unsupported-handler', `handler '${handler.name}' is remote: a listener cannot wait for it`, element)
    return { kind: 'handler', handler }
  }
  reading.findings.error('listener-incomplete', 'a listener needs an expression', element, ownerId(element))
  return null
}

const ownerId = (element: XmlElement): string => element.attributes['id'] ?? ''

function readScriptListener(reading: Reading, script: XmlElement): Listener | null {
  const format = script.attributes['scriptFormat']?.toLowerCase()
  if (format !== 'juel') {
    reading.findings.error(
      'unsupported-script',
      `scripts in '${script.attributes['scriptFormat'] ?? ''}' are not supported, use juel`,
      script,
    )
    return null
  }
  return { kind: 'expression', expression: scriptExpression(reading, script.text, script) }
}

/** A script in JUEL: the text of one expression. */
export function scriptExpression(reading: Reading, text: string, element: XmlElement): ReturnType<typeof expression> {
  return expression(reading, text.trim(), element)
}

export function readExecutionListeners(reading: Reading, element: XmlElement, node: NodeDraft): void {
  for (const child of extensionChildren(element, 'executionListener')) {
    const listener = readListener(reading, child)
    const event = child.attributes['event'] ?? 'start'
    if (!listener) continue
    if (event === 'start') node.startListeners.push(listener)
    else if (event === 'end') node.endListeners.push(listener)
    else reading.findings.error('listener-event', `execution listener event '${event}' is not supported here`, child, node.id)
  }
}

export function readTakeListeners(reading: Reading, element: XmlElement): Listener[] {
  const found: Listener[] = []
  for (const child of extensionChildren(element, 'executionListener')) {
    const listener = readListener(reading, child)
    if (listener) found.push(listener)
  }
  return found
}

export function readInputOutput(
  reading: Reading,
  element: XmlElement,
): { readonly inputs: Parameter[]; readonly outputs: Parameter[]; readonly element: XmlElement } | null {
  const mapping = extensionChildren(element, 'inputOutput')[0]
  if (!mapping) return null
  const parameters = (name: string): Parameter[] =>
    childrenNamed(mapping, `camunda:${name}`).flatMap((child) => readParameter(reading, child))
  return { inputs: parameters('inputParameter'), outputs: parameters('outputParameter'), element: mapping }
}

function readParameter(reading: Reading, element: XmlElement): Parameter[] {
  const { name } = element.attributes
  if (!name) {
    reading.findings.error('parameter-name-missing', 'an input or output parameter needs a name', element)
    return []
  }
  return [{ name, value: readParameterValue(reading, element) }]
}

function readParameterValue(reading: Reading, element: XmlElement): ParameterValue {
  const list = childNamed(element, 'camunda:list')
  if (list) return { kind: 'list', items: list.children.map((item) => readItem(reading, item)) }
  const map = childNamed(element, 'camunda:map')
  if (map) {
    const entries = childrenNamed(map, 'camunda:entry').map((entry) => {
      const key = entry.attributes['key']
      if (key === undefined || key === '') reading.findings.error('map-key-missing', 'an entry of a map needs a key', entry)
      return { key: expression(reading, key ?? '', entry), value: readParameterValue(reading, entry) }
    })
    return { kind: 'map', entries }
  }
  const script = childNamed(element, 'camunda:script')
  if (script) return readItem(reading, script)
  const text = element.text.trim()
  return text === '' ? { kind: 'null' } : { kind: 'expression', expression: expression(reading, text, element) }
}

function readItem(reading: Reading, element: XmlElement): ParameterValue {
  if (element.name === 'camunda:list') return { kind: 'list', items: element.children.map((item) => readItem(reading, item)) }
  if (element.name === 'camunda:map') return readParameterValue(reading, { ...element, name: 'camunda:value', children: [element] })
  if (element.name === 'camunda:script') {
    if (element.attributes['scriptFormat']?.toLowerCase() !== 'juel') {
      reading.findings.error(
        'unsupported-script',
        `scripts in '${element.attributes['scriptFormat'] ?? ''}' are not supported, use juel`,
        element,
      )
      return { kind: 'null' }
    }
    return { kind: 'expression', expression: scriptExpression(reading, element.text, element) }
  }
  const text = element.text.trim()
  return text === '' ? { kind: 'null' } : { kind: 'expression', expression: expression(reading, text, element) }
}

/** `camunda:in` or `camunda:out` of a call activity or a thrown signal. */
export function readMappings(reading: Reading, element: XmlElement, name: 'in' | 'out'): VariableMapping[] {
  const found: VariableMapping[] = []
  for (const child of extensionChildren(element, name)) {
    const { source, sourceExpression, target, variables, businessKey } = child.attributes
    const local = child.attributes['local'] === 'true'
    const base = { source: '', sourceExpression: null, target: '', local }
    if (businessKey !== undefined) {
      found.push({ ...base, kind: 'businessKey', sourceExpression: expression(reading, businessKey, child) })
    } else if (variables !== undefined) {
      if (variables !== 'all') reading.findings.error('mapping-invalid', `'${variables}' is no set of variables, only 'all' is`, child)
      else found.push({ ...base, kind: 'all' })
    } else if (source === undefined && sourceExpression === undefined) {
      reading.findings.error('mapping-invalid', 'a mapping needs a source, a sourceExpression or variables="all"', child)
    } else if (!source && !sourceExpression) {
      reading.findings.error('mapping-invalid', 'the source of a mapping must not be empty', child)
    } else if (!target) {
      reading.findings.error('mapping-invalid', 'a mapping needs a target', child)
    } else if (sourceExpression) {
      found.push({ ...base, kind: 'expression', sourceExpression: expression(reading, sourceExpression, child), target })
    } else {
      found.push({ ...base, kind: 'variable', source: source ?? '', target })
    }
  }
  return found
}
