import type { HandlerRef } from '../core/model/node.ts'
import { expression, type Reading } from './reading.ts'
import { childNamed, childrenNamed, type XmlElement } from './xml.ts'

/** `class` or `delegateExpression` of a task or a listener, with its fields; null when neither is given. */
export function readHandler(
  reading: Reading,
  element: XmlElement,
  className: string | undefined,
  delegate: string | undefined,
  id: string,
): HandlerRef | null {
  const name = className ?? (delegate === undefined ? undefined : nameIn(delegate))
  if (name === undefined) return null
  if (reading.handlers(name) === undefined) {
    const message = `no handler is registered as '${name}': register it with the engine, or use an external task or an expression`
    reading.findings.error('unsupported-handler', message, element, ...(id === '' ? [] : [id]))
  }
  return { name, fields: fieldsOf(reading, element) }
}

/** `${name}`, or the text as it is. */
const nameIn = (delegate: string): string => /^\s*[$#]\{\s*([\w.]+)\s*\}\s*$/.exec(delegate)?.[1] ?? delegate.trim()

/** `camunda:field` lies in a listener, or in a task's extension elements. */
function fieldsOf(reading: Reading, element: XmlElement): HandlerRef['fields'] {
  const extension = childNamed(element, 'bpmn:extensionElements')
  return childrenNamed(extension ?? element, 'camunda:field').flatMap((field) => {
    const text = (name: string): string | undefined => field.attributes[name] ?? childNamed(field, `camunda:${name}`)?.text.trim()
    const name = field.attributes['name']
    const literal = text('stringValue') ?? text('string')
    const computed = text('expression')
    if (!name || (literal ?? computed) === undefined) {
      reading.findings.error('field-incomplete', 'a field needs a name, and a string or an expression', field)
      return []
    }
    if (computed !== undefined) return [{ name, value: expression(reading, computed, field) }]
    return [{ name, value: { text: literal ?? '', parts: [literal ?? ''], isLiteral: true } }]
  })
}
