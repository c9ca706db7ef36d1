import { Parser } from 'saxen'

/** An element of a BPMN file with its place. Names carry our prefixes: `bpmn:task`, `camunda:in`; unknown namespaces theirs. */
export interface XmlElement {
  readonly name: string
  /** BPMN attributes by plain name, extension attributes as `camunda:assignee`. */
  readonly attributes: Readonly<Record<string, string>>
  readonly children: readonly XmlElement[]
  readonly text: string
  /** 1-based, of the element's `<`. */
  readonly line: number
  readonly column: number
}

export type XmlAnswer =
  | { readonly ok: true; readonly root: XmlElement }
  | { readonly ok: false; readonly message: string; readonly line: number; readonly column: number }

const prefixes = {
  'http://www.omg.org/spec/BPMN/20100524/MODEL': 'bpmn',
  'http://www.omg.org/spec/BPMN/20100524/DI': 'bpmndi',
  'http://camunda.org/schema/1.0/bpmn': 'camunda',
  'http://operaton.org/schema/1.0/bpmn': 'camunda',
  'http://activiti.org/bpmn': 'camunda',
  'http://www.w3.org/2001/XMLSchema-instance': 'xsi',
}

const maxDepth = 200

interface Building {
  name: string
  attributes: Record<string, string>
  children: Building[]
  text: string
  line: number
  column: number
}

/**
 * Reads XML into a tree. Refuses document type declarations and with them entities (no expansion bombs, no outside reads).
 * The parser tells positions only at a cost that grows with the file, so they are found by walking along in document order.
 */
export function parseXml(original: string): XmlAnswer {
  const source = tightenEquals(original)
  const parser = new Parser({ proxy: true })
  const lines = lineFinder(source)
  const stack: Building[] = []
  let root: Building | undefined
  let problem: { message: string; offset: number } | undefined
  let cursor = 0
  const refuse = (message: string, offset = cursor): void => {
    problem ??= { message, offset }
    parser.stop()
  }
  parser.ns(prefixes)
  parser.on('openTag', (element, decode) => {
    const found = source.indexOf(`<${element.originalName}`, cursor)
    const start = found < 0 ? cursor : found
    cursor = start + 1
    const attributes: Record<string, string> = {}
    for (const [name, value] of Object.entries(element.attrs)) attributes[plainName(name)] = decode(value)
    const at = lines(start)
    const building: Building = { name: element.name, attributes, children: [], text: '', ...at }
    const parent = stack[stack.length - 1]
    if (parent) parent.children.push(building)
    else root ??= building
    stack.push(building)
    if (stack.length > maxDepth) refuse('elements are nested too deeply', start)
  })
  parser.on('closeTag', () => {
    stack.pop()
  })
  parser.on('text', (text, decode) => {
    const top = stack[stack.length - 1]
    if (top) top.text += decode(text)
    else if (text.trim() && !problem) refuse('text outside of the root element')
  })
  parser.on('cdata', (text) => {
    const top = stack[stack.length - 1]
    if (top) top.text += text
    cursor = after(source, ']]>', cursor)
  })
  parser.on('comment', () => {
    cursor = after(source, '-->', source.indexOf('<!--', cursor))
  })
  parser.on('attention', () => refuse('document type declarations and entities are not allowed'))
  parser.on('error', (error) => refuse(error.message))
  parser.on('warn', (warning) => refuse(warning.message))
  parser.parse(source)
  if (!problem && stack.length > 0) problem = { message: 'unexpected end of file', offset: source.length }
  if (!problem && !root) problem = { message: 'no root element', offset: 0 }
  if (problem) return { ok: false, message: problem.message, ...lines(problem.offset) }
  return { ok: true, root: root as Building }
}

/** The parser wants `a="b"`; XML also allows `a = "b"`. The blanks move in front of the name: every position stays. */
function tightenEquals(source: string): string {
  if (!/\s=|=\s+["']/.test(source)) return source
  return source.replace(/<[^!?/<>][^<>]*>/g, (tag) => tag.replace(/([\w:.-]+)(\s*)=(\s*)(?=["'])/g, '$2$3$1='))
}

const plainName = (name: string): string => (name.startsWith('bpmn:') ? name.slice(5) : name)

function after(source: string, end: string, from: number): number {
  const found = source.indexOf(end, Math.max(from, 0))
  return found < 0 ? from : found + end.length
}

function lineFinder(source: string): (offset: number) => { line: number; column: number } {
  let line = 1
  let lineStart = 0
  let next = source.indexOf('\n')
  return (offset) => {
    if (offset < lineStart) {
      line = 1
      lineStart = 0
      next = source.indexOf('\n')
    }
    while (next >= 0 && next < offset) {
      line += 1
      lineStart = next + 1
      next = source.indexOf('\n', lineStart)
    }
    return { line, column: offset - lineStart + 1 }
  }
}

export const childrenNamed = (element: XmlElement, name: string): readonly XmlElement[] =>
  element.children.filter((child) => child.name === name)

export const childNamed = (element: XmlElement, name: string): XmlElement | undefined =>
  element.children.find((child) => child.name === name)
