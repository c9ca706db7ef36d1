import type { FieldSchema, SheetLine } from '../../form-definition.ts'
import { type FieldValue, typeFinding, type ValueFinding, type ValueScope } from './field-value.ts'
import { table } from './table.ts'

export const CHECK_RESULTS = ['NORMAL', 'ABNORMAL', 'NOT_APPLICABLE'] as const
export type CheckResult = (typeof CHECK_RESULTS)[number]

const WORDS: Record<CheckResult, string> = { NORMAL: '合格', ABNORMAL: '不合格', NOT_APPLICABLE: '不涉及' }

/** The three words of a sheet; an option of the component (first-loop.md B24). */
export function resultWords(schema: FieldSchema): Record<CheckResult, string> {
  const own = schema['x-component-props']?.['words']
  return own && typeof own === 'object' ? { ...WORDS, ...(own as Partial<Record<CheckResult, string>>) } : WORDS
}

/** The lines of the sheet, filled in by `resolveForm`. */
export function sheetLines(schema: FieldSchema): readonly SheetLine[] {
  const lines = schema['x-component-props']?.['lines']
  return Array.isArray(lines) ? (lines as SheetLine[]) : []
}

interface Row {
  lineId?: unknown
  result?: unknown
  hazardId?: unknown
}

/** Every line answered once, and a hazard registered for each failed line and for no other. */
export const checkSheet: FieldValue = {
  ...table,
  type: 'CheckSheet',
  requiredMessage: ({ title, schema }) => `请逐项检查${title}，共 ${sheetLines(schema).length} 项`,
  check: (value, scope) => {
    const wrong = table.check(value, scope)
    if (wrong.length > 0 || !Array.isArray(value)) return wrong.length > 0 ? wrong : typeFinding(scope, '检查')
    const rows = value as Row[]
    return [...unanswered(rows, scope), ...hazardLinks(rows, scope)]
  },
  toText: (value, schema) => {
    if (!Array.isArray(value)) return ''
    const words = resultWords(schema)
    const count = (result: CheckResult) => (value as Row[]).filter((row) => row.result === result).length
    return `${value.length} 项，${words.ABNORMAL} ${count('ABNORMAL')} 项，${words.NOT_APPLICABLE} ${count('NOT_APPLICABLE')} 项`
  },
}

function unanswered(rows: readonly Row[], scope: ValueScope): ValueFinding[] {
  const lines = sheetLines(scope.schema)
  if (lines.length === 0) return []
  const answered = new Map<unknown, number>()
  for (const row of rows)
    answered.set(row.lineId, (answered.get(row.lineId) ?? 0) + ((CHECK_RESULTS as readonly unknown[]).includes(row.result) ? 1 : 0))
  const known = new Set(lines.map((line) => line.lineId))
  if (rows.some((row) => !known.has(String(row.lineId))))
    return [{ code: 'inconsistent', message: `${scope.title}里有不属于这张表的项目，请重新打开再填` }]
  if (new Set(rows.map((row) => row.lineId)).size !== rows.length)
    return [{ code: 'inconsistent', message: `${scope.title}里有的项目填了两次，请重新打开再填` }]
  const open = lines.filter((line) => (answered.get(line.lineId) ?? 0) !== 1)
  const first = open[0]
  return first
    ? [
        {
          code: 'incomplete',
          message: `还有 ${open.length} 项没查，先查第 ${first.lineId} 项“${first.item.slice(0, 18)}”`,
          at: `@${first.lineId}`,
        },
      ]
    : []
}

function hazardLinks(rows: readonly Row[], scope: ValueScope): ValueFinding[] {
  const key = scope.schema['x-component-props']?.['hazards']
  if (typeof key !== 'string') return []
  const hazards = scope.values[key]
  const list = Array.isArray(hazards) ? (hazards as Row[]) : []
  const failed = rows.filter((row) => row.result === 'ABNORMAL').map((row) => String(row.lineId))
  const linked = list.map((hazard) => String(hazard?.lineId))
  const words = resultWords(scope.schema)
  const missing = failed.filter((line) => !linked.includes(line))
  if (missing.length > 0)
    return [{ code: 'incomplete', message: `第 ${missing.join('、')} 项${words.ABNORMAL}，请登记隐患`, at: `@${missing[0]}` }]
  const loose = linked.filter((line) => !failed.includes(line))
  if (loose.length > 0)
    return [{ code: 'inconsistent', message: `有 ${loose.length} 条隐患没有对应的${words.ABNORMAL}项目，请删除或改回${words.ABNORMAL}` }]
  return new Set(linked).size === linked.length ? [] : [{ code: 'inconsistent', message: '同一项目登记了两条隐患，请合并成一条' }]
}
