import { nullValue } from '../value.ts'
import { boolean, integer, ofJson, text, toInteger, toText } from './coerce.ts'
import { ExpressionError } from './failure.ts'
import { type MemberTable, method } from './member-table.ts'
import { listOf, type Operand } from './operand.ts'

type Json = { readonly t: 'Json' | 'Xml'; readonly v: string | null }

/** `Json` variables, with the methods by which Camunda's models reach into them (`json.prop("a").stringValue()`). */
export const jsonMembers: MemberTable<Json> = {
  methods: {
    prop: method(1, (node, [name], { zone }) => {
      const key = toText(name as Operand, zone)
      const content = parse(node)
      if (!isRecord(content) || !Object.hasOwn(content, key))
        throw new ExpressionError('unknown-member', `the JSON has no property '${key}'`)
      return jsonOf(content[key])
    }),
    hasProp: method(1, (node, [name], { zone }) => {
      const content = parse(node)
      return boolean(isRecord(content) && Object.hasOwn(content, toText(name as Operand, zone)))
    }),
    elements: method(0, (node: Json) => {
      const content = parse(node)
      if (!Array.isArray(content)) throw new ExpressionError('wrong-type', 'the JSON is no list')
      return listOf(content.map(jsonOf))
    }),
    element: method(1, (node, [at]) => {
      const content = parse(node)
      return Array.isArray(content) ? jsonOf(content[toInteger(at as Operand)]) : nullValue
    }),
    fieldNames: method(0, (node) => {
      const content = parse(node)
      return listOf(isRecord(content) ? Object.keys(content).map(text) : [])
    }),
    size: method(0, (node) => {
      const content = parse(node)
      return integer(Array.isArray(content) ? content.length : isRecord(content) ? Object.keys(content).length : 0)
    }),
    isArray: method(0, (node) => boolean(Array.isArray(parse(node)))),
    isObject: method(0, (node) => boolean(isRecord(parse(node)))),
    isString: method(0, (node) => boolean(typeof parse(node) === 'string')),
    isNumber: method(0, (node) => boolean(typeof parse(node) === 'number')),
    isBoolean: method(0, (node) => boolean(typeof parse(node) === 'boolean')),
    isNull: method(0, (node) => boolean(parse(node) === null)),
    stringValue: method(0, (node: Json) => scalar(node, 'string')),
    numberValue: method(0, (node) => scalar(node, 'number')),
    boolValue: method(0, (node) => scalar(node, 'boolean')),
    value: method(0, (node) => ofJson(parse(node))),
    toString: method(0, (node: Json) => text(node.v ?? 'null')),
  },
  properties: {},
}

const parse = (node: Json): unknown => JSON.parse(node.v ?? 'null')
const jsonOf = (content: unknown): Operand => ({ t: 'Json', v: JSON.stringify(content ?? null) })
const isRecord = (content: unknown): content is Record<string, unknown> =>
  typeof content === 'object' && content !== null && !Array.isArray(content)

function scalar(node: Json, type: 'string' | 'number' | 'boolean'): Operand {
  const content = parse(node)
  if (typeof content !== type) throw new ExpressionError('wrong-type', `the JSON is no ${type}`)
  return ofJson(content)
}
