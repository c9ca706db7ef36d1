import type { Findings } from './finding.ts'
import type { XmlElement } from './xml.ts'

/** Messages, signals, errors and escalations of a file, by id. */
export interface GlobalElements {
  readonly messages: ReadonlyMap<string, string | null>
  readonly signals: ReadonlyMap<string, string | null>
  readonly errors: ReadonlyMap<string, { readonly code: string | null; readonly message: string | null }>
  readonly escalations: ReadonlyMap<string, string | null>
}

export function readGlobalElements(root: XmlElement, findings: Findings): GlobalElements {
  const messages = new Map<string, string | null>()
  const signals = new Map<string, string | null>()
  const errors = new Map<string, { code: string | null; message: string | null }>()
  const escalations = new Map<string, string | null>()
  const signalNames = new Set<string>()
  for (const element of root.children) {
    const { id, name } = element.attributes
    const kind = element.name
    if (kind === 'bpmn:message' || kind === 'bpmn:signal' || kind === 'bpmn:error' || kind === 'bpmn:escalation') {
      if (!id) {
        findings.error('id-missing', `${kind.slice(5)} must have an id`, element)
        continue
      }
      if (kind === 'bpmn:message') messages.set(id, name ?? null)
      else if (kind === 'bpmn:signal') {
        if (!name) findings.error('name-missing', `signal with id '${id}' has no name`, element)
        else if (signalNames.has(name)) findings.error('duplicate-name', `duplicate signal name '${name}'`, element)
        else signalNames.add(name)
        signals.set(id, name ?? null)
      } else if (kind === 'bpmn:error') {
        errors.set(id, { code: element.attributes['errorCode'] ?? null, message: element.attributes['camunda:errorMessage'] ?? null })
      } else escalations.set(id, element.attributes['escalationCode'] ?? null)
    }
  }
  return { messages, signals, errors, escalations }
}
