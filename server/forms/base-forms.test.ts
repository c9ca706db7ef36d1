import { readFileSync } from 'node:fs'
import { describe, expect, it } from '@jest/globals'
import type { FieldSchema } from '../../contracts/form-definition.ts'
import { lintForm, resolveForm, schemaFields } from '../../contracts/form-rules/index.ts'
import { readShippedForms } from './resources.ts'

const shipped = readShippedForms('forms')
const resources = {
  forms: Object.fromEntries([...shipped.forms].map(([key, form]) => [key, form.schema])),
  sheets: shipped.sheets,
  catalogs: shipped.catalogs,
}

/** Marks of procedures.md §2.1 and first-loop.md B23: ● always, ◐ by a rule, ○ optional. */
const MARKS: Record<string, Record<string, '●' | '◐' | '○'>> = JSON.parse(
  readFileSync(new URL('./required-marks.json', import.meta.url), 'utf8'),
)

describe('the shipped forms', () => {
  it.each([...shipped.forms.keys()])('pass the lint: %s', (key) => {
    expect(lintForm(shipped.forms.get(key)?.schema, { resources })).toEqual([])
  })

  it.each(Object.keys(MARKS))('have the keys and required marks of the catalogue: %s', (key) => {
    const form = shipped.forms.get(key)
    expect(form).toBeDefined()
    const fields = new Map(schemaFields(resolveForm(form!, resources).schema).map((each) => [each.template, each.schema]))
    const marks = Object.fromEntries(
      Object.keys(MARKS[key] ?? {}).map((path) => [path, fields.has(path) ? markOf(fields.get(path)!) : 'absent']),
    )
    expect(marks).toEqual(MARKS[key])
  })

  it('take the fields of F02 into each row of F01', () => {
    const sheet = resolveForm(shipped.forms.get('selfCheckSheet')!, resources)
    const paths = schemaFields(sheet.schema).map((each) => each.template)
    expect(paths).toEqual(expect.arrayContaining(['hazards.description', 'hazards.five.fundWan', 'hazards.beforePics']))
    expect(paths).not.toContain('hazards.enterpriseId')
  })

  it('ship the sheet of 26 lines in five sections', () => {
    expect(shipped.sheets['NCM']).toHaveLength(26)
    expect(new Set(shipped.sheets['NCM']?.map((line) => line.section)).size).toBe(5)
  })
})

function markOf(field: FieldSchema): '●' | '◐' | '○' {
  const states = (field['x-reactions'] ?? []).flatMap((rule) => [rule.fulfill?.state, rule.otherwise?.state])
  if (field.required === true) return states.some((state) => state?.['visible'] === false || state?.['required'] === false) ? '◐' : '●'
  return typeof field.required === 'string' ||
    states.some((state) => state?.['required'] === true || state?.['visible'] !== undefined) ||
    field['x-visible'] !== undefined
    ? '◐'
    : '○'
}
