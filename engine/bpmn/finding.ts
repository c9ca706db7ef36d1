import type { XmlElement } from './xml.ts'

/** What is wrong with a model, and where. `line` and `column` are 1-based. */
export interface BpmnFinding {
  readonly severity: 'error' | 'warning'
  readonly code: string
  readonly message: string
  readonly resource: string
  readonly mainElementId: string | null
  readonly elementIds: readonly string[]
  readonly line: number
  readonly column: number
}

/** Collects what is wrong: all findings of a file are reported together. */
export interface Findings {
  readonly all: BpmnFinding[]
  error(code: string, message: string, element: XmlElement, ...elementIds: readonly string[]): void
  warn(code: string, message: string, element: XmlElement, ...elementIds: readonly string[]): void
}

export function collectFindings(resource: string): Findings {
  const all: BpmnFinding[] = []
  const add = (severity: 'error' | 'warning', code: string, message: string, element: XmlElement, elementIds: readonly string[]): void => {
    const own = element.attributes['id']
    const ids = elementIds.length > 0 ? elementIds : own ? [own] : []
    all.push({
      severity,
      code,
      message,
      resource,
      mainElementId: ids[ids.length - 1] ?? null,
      elementIds: ids,
      line: element.line,
      column: element.column,
    })
  }
  return {
    all,
    error: (code, message, element, ...ids) => add('error', code, message, element, ids),
    warn: (code, message, element, ...ids) => add('warning', code, message, element, ids),
  }
}
