import type { Behavior, ExternalTaskError, FormRef, TaskDeclaration, TaskListener } from '../core/model/node.ts'
import { declareTimer, eventDefinitionOf, messageName, readTimer } from './event-definitions.ts'
import { extensionChildren, readListener, scriptExpression } from './extension-elements.ts'
import { readHandler } from './handlers.ts'
import { documentationOf, expression, nameOf, numberExpression, optionalExpression, type Reading } from './reading.ts'
import { childNamed, childrenNamed, type XmlElement } from './xml.ts'

const taskEvents = ['create', 'assignment', 'update', 'complete', 'delete', 'timeout'] as const

export function readUserTask(reading: Reading, element: XmlElement, id: string): Behavior {
  const attribute = (name: string): string | undefined => element.attributes[`camunda:${name}`]
  const optional = (name: string) => optionalExpression(reading, attribute(name), element)
  const list = (text: string | undefined) => splitCommas(text ?? '').map((part) => expression(reading, part, element))
  const performer = assignments(element, 'bpmn:humanPerformer')
  if (performer.length > 1 || (performer.length === 1 && attribute('assignee') !== undefined)) {
    reading.findings.error('duplicate-assignee', `duplicate assignee declaration for task ${id}`, element, id)
  }
  const users = list(attribute('candidateUsers'))
  const groups = list(attribute('candidateGroups'))
  for (const text of assignments(element, 'bpmn:potentialOwner')) {
    for (const part of splitCommas(text)) {
      const named = /^(user|group)\((.*)\)$/s.exec(part)
      const target = named?.[1] === 'user' ? users : groups
      target.push(expression(reading, named ? (named[2] ?? '').trim() : part, element))
    }
  }
  const task: TaskDeclaration = {
    name: optionalExpression(reading, nameOf(element) ?? undefined, element),
    description: optionalExpression(reading, documentationOf(element), element),
    assignee: optionalExpression(reading, attribute('assignee') ?? performer[0], element),
    owner: null,
    candidateUsers: users,
    candidateGroups: groups,
    due: optional('dueDate'),
    followUp: optional('followUpDate'),
    priority: optional('priority'),
    ...readForm(reading, element, id),
    listeners: extensionChildren(element, 'taskListener').flatMap((child, index) => readTaskListener(reading, child, id, index)),
  }
  return { kind: 'userTask', task }
}

/** `formKey`, or `formRef` with its binding. Both at once are refused. */
export function readForm(
  reading: Reading,
  element: XmlElement,
  id: string,
): { formKey: TaskDeclaration['formKey']; formRef: FormRef | null } {
  const key = element.attributes['camunda:formKey']
  const ref = element.attributes['camunda:formRef']
  const binding = element.attributes['camunda:formRefBinding']
  const version = element.attributes['camunda:formRefVersion']
  if (key !== undefined && ref !== undefined) {
    reading.findings.error(
      'form-ambiguous',
      'invalid element definition: only one of the attributes formKey and formRef is allowed',
      element,
      id,
    )
  }
  if (ref !== undefined && binding === undefined) {
    reading.findings.error('form-binding', 'invalid element definition: formRefBinding is required with formRef', element, id)
  } else if (binding !== undefined && !['latest', 'deployment', 'version'].includes(binding)) {
    reading.findings.error('form-binding', `invalid element definition: value '${binding}' of formRefBinding is not supported`, element, id)
  } else if (binding === 'version' && version === undefined) {
    reading.findings.error('form-binding', 'invalid element definition: formRefVersion is required with binding version', element, id)
  }
  return {
    formKey: optionalExpression(reading, key, element),
    formRef:
      ref === undefined
        ? null
        : {
            key: expression(reading, ref, element),
            binding: (binding ?? 'latest') as FormRef['binding'],
            version: optionalExpression(reading, version, element),
          },
  }
}

function readTaskListener(reading: Reading, element: XmlElement, taskId: string, index: number): TaskListener[] {
  const event = taskEvents.find((candidate) => candidate === element.attributes['event'])
  if (!event) {
    reading.findings.error('listener-event', `task listener event '${element.attributes['event'] ?? ''}' is not known`, element, taskId)
    return []
  }
  const listener = readListener(reading, element)
  if (!listener) return []
  if (event !== 'timeout') return [{ event, listener, timer: null, jobKey: '' }]
  const definition = childNamed(element, 'bpmn:timerEventDefinition') ?? extensionChildren(element, 'timerEventDefinition')[0]
  if (!definition) {
    reading.findings.error('timer-incomplete', 'a timeout listener needs a timerEventDefinition', element, taskId)
    return []
  }
  const timer = readTimer(reading, definition, taskId)
  return [{ event, listener, timer, jobKey: declareTimer(reading, timer, taskId, 'timer-task-listener', element, `:${index}`) }]
}

/** Splits at commas, but not within `${…}`. */
export function splitCommas(text: string): string[] {
  const parts: string[] = []
  let depth = 0
  let part = ''
  for (const char of text) {
    if (char === '{' || char === '(') depth += 1
    else if (char === '}' || char === ')') depth -= 1
    if (char === ',' && depth === 0) {
      parts.push(part)
      part = ''
    } else part += char
  }
  parts.push(part)
  return parts.map((each) => each.trim()).filter((each) => each !== '')
}

function assignments(element: XmlElement, name: string): string[] {
  return childrenNamed(element, name).flatMap((resource) => {
    const assignment = childNamed(resource, 'bpmn:resourceAssignmentExpression')
    const formal = assignment && childNamed(assignment, 'bpmn:formalExpression')
    const text = formal?.text.trim()
    return text ? [text] : []
  })
}

/** Service task, send task, business rule task without decision, message throw event: how the work is done. Null: nothing given. */
export function readServiceLike(reading: Reading, element: XmlElement, id: string, what: string): Behavior | null {
  const attribute = (name: string): string | undefined => element.attributes[`camunda:${name}`]
  const type = attribute('type')
  const text = attribute('expression')
  if (type !== undefined) {
    if (type !== 'external') {
      reading.findings.error('unsupported-type', `type '${type}' of ${what} is not supported, use external`, element, id)
      return { kind: 'pass' }
    }
    return readExternalTask(reading, element, id)
  }
  if (text !== undefined) {
    return {
      kind: 'expressionTask',
      expression: expression(reading, text.trim(), element),
      resultVariable: attribute('resultVariable') ?? attribute('resultVariableName') ?? null,
    }
  }
  const handler = readHandler(reading, element, attribute('class'), attribute('delegateExpression'), id)
  if (handler) {
    if (reading.handlers(handler.name) !== 'remote') return { kind: 'handlerTask', handler }
    const topic = { text: handler.name, parts: [handler.name], isLiteral: true }
    return { kind: 'externalTask', external: { topic, priority: numberExpression(reading, 'camunda:taskPriority', element), errors: [] } }
  }
  const connector = extensionChildren(element, 'connector')[0]
  if (connector) {
    reading.findings.error('unsupported-element', 'connectors are not supported, use an external task', connector, id)
    return { kind: 'pass' }
  }
  return null
}

function readExternalTask(reading: Reading, element: XmlElement, id: string): Behavior {
  const topic = element.attributes['camunda:topic']
  if (!topic) reading.findings.error('topic-missing', "an external task must have an attribute 'topic'", element, id)
  const errors = extensionChildren(element, 'errorEventDefinition').flatMap((child): ExternalTaskError[] => {
    const ref = child.attributes['errorRef']
    const error = ref ? reading.globals.errors.get(ref) : undefined
    const condition = child.attributes['expression']
    if (!ref || (error && !error.code)) {
      reading.findings.error('error-code-missing', 'an error event definition of an external task needs an error with a code', child, id)
      return []
    }
    return condition === undefined
      ? []
      : [{ code: error?.code ?? ref, message: error?.message ?? null, condition: expression(reading, condition, child) }]
  })
  return {
    kind: 'externalTask',
    external: {
      topic: expression(reading, topic ?? '', element),
      priority: numberExpression(reading, 'camunda:taskPriority', element),
      errors,
    },
  }
}

export function readScriptTask(reading: Reading, element: XmlElement, id: string): Behavior {
  const format = element.attributes['scriptFormat']
  const resource = element.attributes['camunda:resource']
  const resultVariable = element.attributes['camunda:resultVariable'] ?? element.attributes['camunda:resultVariableName'] ?? null
  const script = childNamed(element, 'bpmn:script')
  if (resource !== undefined) reading.findings.error('unsupported-script', 'scripts in resources are not supported', element, id)
  else if (format?.toLowerCase() !== 'juel' && format?.toLowerCase() !== 'feel') {
    reading.findings.error('unsupported-script', `scripts in '${format ?? ''}' are not supported, use juel or feel`, element, id)
    return { kind: 'pass' }
  }
  if (!script && resource === undefined) reading.findings.error('script-missing', 'a script task needs a script', element, id)
  const text = script?.text.trim() ?? ''
  if (format?.toLowerCase() === 'feel')
    return { kind: 'scriptTask', script: { text, parts: [text], isLiteral: true }, language: 'feel', resultVariable }
  return { kind: 'scriptTask', script: scriptExpression(reading, text, script ?? element), language: 'juel', resultVariable }
}

const resultMappings = ['singleEntry', 'singleResult', 'collectEntries', 'resultList'] as const

export function readBusinessRuleTask(reading: Reading, element: XmlElement, id: string): Behavior {
  const attribute = (name: string): string | undefined => element.attributes[`camunda:${name}`]
  const ref = attribute('decisionRef')
  if (ref === undefined) {
    const behavior = readServiceLike(reading, element, id, 'business rule task')
    if (!behavior)
      reading.findings.error('implementation-missing', 'a business rule task needs a decisionRef, a type or an expression', element, id)
    return behavior ?? { kind: 'pass' }
  }
  const binding = attribute('decisionRefBinding') ?? 'latest'
  const mapResult = attribute('mapDecisionResult') ?? 'resultList'
  if (!['latest', 'deployment', 'version', 'versionTag'].includes(binding)) {
    reading.findings.error('binding-unknown', `decisionRefBinding '${binding}' is not known`, element, id)
  }
  if (binding === 'version' && !attribute('decisionRefVersion'))
    reading.findings.error('binding-incomplete', 'decisionRefVersion is required with binding version', element, id)
  if (binding === 'versionTag' && !attribute('decisionRefVersionTag')) {
    reading.findings.error('binding-incomplete', 'decisionRefVersionTag is required with binding versionTag', element, id)
  }
  if (!resultMappings.some((candidate) => candidate === mapResult)) {
    reading.findings.error('result-mapping-unknown', `no decision result mapper found for name '${mapResult}'`, element, id)
  }
  if (ref === '') reading.findings.error('decision-missing', 'decisionRef must not be empty', element, id)
  return {
    kind: 'decisionTask',
    decisionRef: expression(reading, ref, element),
    binding: binding as 'latest',
    version: optionalExpression(reading, attribute('decisionRefVersion'), element),
    versionTag: optionalExpression(reading, attribute('decisionRefVersionTag'), element),
    tenantId: optionalExpression(reading, attribute('decisionRefTenantId'), element),
    mapResult: mapResult as 'singleEntry',
    resultVariable: attribute('resultVariable') ?? null,
  }
}

export function readReceiveTask(reading: Reading, element: XmlElement, id: string): Behavior {
  if (element.attributes['messageRef'] === undefined) return { kind: 'receiveTask', message: null }
  return { kind: 'receiveTask', message: messageName(reading, element, id) }
}

/** Of a message throw or end event the implementation lies at its event definition. */
export function readMessageThrow(reading: Reading, event: XmlElement, id: string): Behavior | null {
  const { element } = eventDefinitionOf(reading, event)
  return readServiceLike(reading, element, id, 'message event')
}
