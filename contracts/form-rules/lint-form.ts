import { expressionPaths, expressionText } from '../expression/index.ts'
import type { FieldSchema, FormResources, FormSchema } from '../form-definition.ts'
import { type Dependencies, dependencyCycle } from './dependency-cycle.ts'
import { schemaFields } from './field-nodes.ts'
import { FIELD_VALUES } from './field-values/registry.ts'
import { narrowSchema } from './narrow-schema.ts'
import { parsePath, sameData } from './path.ts'
import { isDecisionField, isServerWritten } from './permissions.ts'

/** A finding of the lint; `fieldId` is the field's `x-id`. Errors block publishing. */
export interface FormFinding {
  severity: 'error' | 'warning'
  fieldId: string | null
  message: string
}

export interface LintScope {
  readonly resources: FormResources
  /** The version now in force: keys may not change, locks may not break. */
  readonly previous?: FormSchema
  /** Paths that gateways, facts or assignments of procedures read. */
  readonly readByProcedures?: readonly string[]
}

/** Everything that must be put right before a form may be published, and what is worth a second look. Pure. */
export function lintForm(input: unknown, scope: LintScope): FormFinding[] {
  const narrowed = narrowSchema(input)
  if (!narrowed.ok)
    return narrowed.problems.map(({ path, message }) => ({
      severity: 'error',
      fieldId: null,
      message: path === '' ? message : `${message}（${path}）`,
    }))
  const { schema } = narrowed
  return [
    ...ownFindings(schema, scope),
    ...ruleFindings(schema, scope),
    ...(scope.previous ? [...changeFindings(scope.previous, schema), ...storedFindings(scope.previous, schema)] : []),
    ...procedureFindings(schema, scope),
  ]
}

const error = (fieldId: string | null, message: string): FormFinding => ({ severity: 'error', fieldId, message })
const warning = (fieldId: string | null, message: string): FormFinding => ({ severity: 'warning', fieldId, message })

function ownFindings(schema: FormSchema, { resources }: LintScope): FormFinding[] {
  const found: FormFinding[] = []
  const ids = new Map<string, string>()
  const paths = new Set<string>()
  for (const { template, schema: field } of schemaFields(schema)) {
    const id = field['x-id']
    const title = field.title ?? template
    if (ids.has(id)) found.push(error(id, `“${title}”和“${ids.get(id)}”的编号一样，请删掉一个重新添加`))
    ids.set(id, title)
    const value = FIELD_VALUES[field['x-component']]
    if (!value.valueTypes.includes(field.type)) found.push(error(id, `“${title}”的类型和组件对不上`))
    if (field.type !== 'void') {
      if (paths.has(template)) found.push(error(id, `字段名 ${template} 用了两次，请改掉一个`))
      paths.add(template)
      if (!field.title && !field['x-technical'] && field.type !== 'object') found.push(error(id, `字段 ${template} 没有标题，请填写`))
    }
    if ((field['x-component'] === 'Radio' || field['x-component'] === 'Select') && !(field.enum?.length || field['x-catalog']))
      found.push(error(id, `“${title}”没有选项，请至少填一个`))
    if (field.enum && new Set(field.enum.map((each) => each.value)).size !== field.enum.length)
      found.push(error(id, `“${title}”有两个选项的值一样`))
    if (field['x-catalog'] && !Object.hasOwn(resources.catalogs, field['x-catalog']))
      found.push(error(id, `“${title}”用的选项表 ${field['x-catalog']} 不存在`))
    if (field['x-form'] && !Object.hasOwn(resources.forms, field['x-form']))
      found.push(error(id, `“${title}”引用的表单 ${field['x-form']} 不存在`))
    const sheet = field['x-component-props']?.['sheet']
    if (field['x-component'] === 'CheckSheet' && (typeof sheet !== 'string' || !Object.hasOwn(resources.sheets, sheet)))
      found.push(error(id, `“${title}”没有选检查表`))
    if (field['x-component-props']?.['lines'] !== undefined) found.push(error(id, `“${title}”不能自带检查项，请选检查表`))
    if (field['x-component'] === 'Calculated' && field['x-formula'] === undefined && !field['x-server'])
      found.push(error(id, `“${title}”是计算字段，还没有写算法`))
    if (field['x-visible'] === false && field.required === true) found.push(error(id, `“${title}”隐藏了却必填，谁也填不了`))
    if (bad(field.minimum, field.maximum) || bad(field.minLength, field.maxLength) || bad(field.minItems, field.maxItems))
      found.push(error(id, `“${title}”的下限比上限还大`))
    if (field.type === 'array' && field['x-component'] === 'Table' && !field.items?.properties && !field['x-form'])
      found.push(error(id, `“${title}”还没有列`))
    if (isServerWritten(field) && field.required === true && field['x-component'] !== 'Serial' && !field['x-formula'] && !field['x-server'])
      found.push(warning(id, `“${title}”由系统写，必填没有作用`))
  }
  return found
}

function bad(low: number | undefined, high: number | undefined): boolean {
  return low !== undefined && high !== undefined && low > high
}

/** What the rules read must exist, must not go round in a circle, and must not demand what they hide. */
function ruleFindings(schema: FormSchema, { resources }: LintScope): FormFinding[] {
  const found: FormFinding[] = []
  const fields = schemaFields(schema)
  const known = new Set(fields.filter((each) => each.schema.type !== 'void').map((each) => each.template))
  for (const each of fields) {
    const taken = each.schema['x-form']
    if (taken && Object.hasOwn(resources.forms, taken))
      for (const inner of schemaFields(resources.forms[taken] as FormSchema)) known.add(`${each.template}.${inner.template}`)
  }
  const dependencies: Dependencies = new Map()
  for (const { template, schema: field, parents, key } of fields) {
    const title = field.title ?? template
    const rowOf = field.type === 'void' ? template : template.slice(0, Math.max(0, template.lastIndexOf('.')))
    const reads = new Set<string>()
    for (const path of readsOf(field)) {
      const target = path.startsWith('.') ? join(nearestRow(parents, rowOf), path.slice(1)) : path
      const plain = parsePath(target)
        .filter((part) => typeof part !== 'number')
        .join('.')
      if (!known.has(plain) && !hasPrefix(known, plain))
        found.push(error(field['x-id'], `“${title}”的联动用到的字段 ${plain} 不存在，请重新选`))
      else reads.add(plain)
    }
    const writesValue =
      field['x-formula'] !== undefined ||
      (field['x-reactions'] ?? []).some((rule) => 'value' in (rule.fulfill?.state ?? {}) || 'value' in (rule.otherwise?.state ?? {}))
    const hides =
      (field['x-reactions'] ?? []).some((rule) => 'visible' in (rule.fulfill?.state ?? {}) || 'visible' in (rule.otherwise?.state ?? {})) ||
      typeof field['x-visible'] === 'string'
    if (field.type !== 'void') dependencies.set(template, { title, reads: writesValue || hides ? reads : new Set() })
    else if (hides)
      for (const child of fields.filter((each) => each.parents.includes(field) && each.schema.type !== 'void'))
        merge(dependencies, child.template, child.schema.title ?? child.key, reads)
    for (const rule of field['x-reactions'] ?? []) {
      for (const state of [rule.fulfill?.state, rule.otherwise?.state])
        if (state?.['visible'] === false && state['required'] === true)
          found.push(error(field['x-id'], `“${title}”的一条联动把它隐藏又设为必填`))
      if (rule.when === undefined && rule.otherwise) found.push(warning(field['x-id'], `“${title}”有一条联动没有条件，“否则”永远用不到`))
    }
    void key
  }
  const cycle = dependencyCycle(dependencies)
  if (cycle)
    found.push(
      error(
        fields.find((each) => each.template === cycle[0]?.path)?.schema['x-id'] ?? null,
        `联动转了圈：${cycle.map((each) => each.title).join(' → ')}，请去掉其中一条`,
      ),
    )
  return found
}

function merge(dependencies: Dependencies, path: string, title: string, reads: ReadonlySet<string>): void {
  const own = dependencies.get(path)
  dependencies.set(path, { title, reads: new Set([...(own?.reads ?? []), ...reads]) })
}

function nearestRow(parents: readonly FieldSchema[], rowOf: string): string {
  // Objects between the row and the field belong to the row: `.level` below `hazards[].five` means hazards.level.
  const objects = [...parents].reverse().findIndex((parent) => parent.type === 'array')
  const nested = parents.slice(objects < 0 ? 0 : parents.length - objects).filter((parent) => parent.type === 'object').length
  const parts = rowOf === '' ? [] : rowOf.split('.')
  return parts.slice(0, Math.max(0, parts.length - nested)).join('.')
}

function join(base: string, rest: string): string {
  return base === '' ? rest : `${base}.${rest}`
}

function hasPrefix(known: ReadonlySet<string>, path: string): boolean {
  return path === '' || [...known].some((each) => each.startsWith(`${path}.`))
}

/** Paths that the rules of a field read, `.x` for the row. */
export function readsOf(field: FieldSchema): string[] {
  const texts: unknown[] = [field['x-formula'], field['x-visible'], field.required, ...(field['x-rules'] ?? []).map((rule) => rule.assert)]
  const paths: string[] = []
  for (const rule of field['x-reactions'] ?? []) {
    paths.push(...(rule.dependencies ?? []))
    texts.push(rule.when, ...Object.values(rule.fulfill?.state ?? {}), ...Object.values(rule.otherwise?.state ?? {}))
  }
  for (const text of texts) {
    const source = expressionText(text)
    if (source === undefined) continue
    for (const { root, path } of expressionPaths(source)) paths.push(root === '$record' ? `.${path}` : path)
  }
  return paths
}

/** Only the forms that ship may offer what the record holds: a county's default could show what a seat may not see. */
function storedFindings(before: FormSchema, after: FormSchema): FormFinding[] {
  const old = new Map(schemaFields(before).map((each) => [each.schema['x-id'], each.schema.default]))
  return schemaFields(after)
    .filter(({ schema }) => JSON.stringify(schema).includes('$stored') && old.get(schema['x-id']) !== schema.default)
    .map(({ schema, template }) => error(schema['x-id'], `“${schema.title ?? template}”的默认值不能读取案卷里的其他内容`))
}

/** Keys never change, fields that the province locked stay as they are. */
function changeFindings(before: FormSchema, after: FormSchema): FormFinding[] {
  const found: FormFinding[] = []
  const now = new Map(schemaFields(after).map((each) => [each.schema['x-id'], each]))
  for (const old of schemaFields(before)) {
    const id = old.schema['x-id']
    const title = old.schema.title ?? old.template
    const fresh = now.get(id)
    const lock = old.schema['x-lock'] ?? 'open'
    if (!fresh) {
      if (lock !== 'open') found.push(error(id, `“${title}”是省级字段，不能删除`))
      continue
    }
    if (old.schema.type !== 'void' && fresh.template !== old.template)
      found.push(error(id, `“${title}”的字段名从 ${old.template} 变成了 ${fresh.template}，已发布的字段名不能改`))
    if (fresh.schema['x-component'] !== old.schema['x-component'] || fresh.schema.type !== old.schema.type)
      found.push(error(id, `“${title}”的类型不能改，请新加一个字段`))
    if ((fresh.schema['x-lock'] ?? 'open') !== lock) found.push(error(id, `“${title}”的锁定不能改`))
    if (lock !== 'open' && old.schema.required === true && fresh.schema.required !== true)
      found.push(error(id, `“${title}”是法定必填，不能改成选填`))
    if (lock !== 'open' && (looser(old.schema, fresh.schema) || opensOptions(old.schema, fresh.schema)))
      found.push(error(id, `“${title}”只能收紧，不能放宽`))
    if (lock === 'locked' && !sameData(old.schema['x-reactions'], fresh.schema['x-reactions']))
      found.push(error(id, `“${title}”的联动由省级锁定，不能改`))
    else if ((lock !== 'open' || holdsLocked(fresh.schema)) && weakens(old.schema, fresh.schema))
      found.push(error(id, `“${title}”里有法定内容，不能隐藏、改成选填或去掉原来的规则`))
  }
  return found
}

function holdsLocked(field: FieldSchema): boolean {
  return Object.values(field.properties ?? field.items?.properties ?? {}).some(
    (child) => (child['x-lock'] ?? 'open') !== 'open' || holdsLocked(child),
  )
}

/** Statutory content is hidden, freed or closed by a rule of the county, or lost one of its own. */
function weakens(before: FieldSchema, after: FieldSchema): boolean {
  const rules = before['x-reactions'] ?? []
  const added = (after['x-reactions'] ?? []).filter((rule) => !rules.some((old) => sameData(old, rule)))
  const states = added.flatMap((rule) => [rule.fulfill?.state, rule.otherwise?.state])
  const lost = rules.some((old) => !(after['x-reactions'] ?? []).some((rule) => sameData(old, rule)))
  const demands = (before['x-rules'] ?? []).some((old) => !(after['x-rules'] ?? []).some((rule) => sameData(old, rule)))
  const hidden = after['x-visible'] !== undefined && after['x-visible'] !== before['x-visible']
  return (
    lost ||
    demands ||
    hidden ||
    states.some((state) => state?.['visible'] !== undefined || state?.['required'] === false || state?.['readOnly'] !== undefined)
  )
}

/** More options, or one that nobody might choose and now may. */
function opensOptions(before: FieldSchema, after: FieldSchema): boolean {
  const old = new Map((before.enum ?? []).map((option) => [option.value, option.disabled === true]))
  return (
    (after.enum ?? []).some((option) => !old.has(option.value) || (old.get(option.value) === true && option.disabled !== true)) ||
    before['x-catalog'] !== after['x-catalog']
  )
}

function looser(before: FieldSchema, after: FieldSchema): boolean {
  const lower = (key: 'minimum' | 'minLength' | 'minItems') =>
    before[key] !== undefined && (after[key] === undefined || (after[key] ?? 0) < (before[key] ?? 0))
  const upper = (key: 'maximum' | 'maxLength' | 'maxItems') =>
    before[key] !== undefined && (after[key] === undefined || (after[key] ?? 0) > (before[key] ?? 0))
  return lower('minimum') || lower('minLength') || lower('minItems') || upper('maximum') || upper('maxLength') || upper('maxItems')
}

/** What procedures read must be there, and somebody must be able to write it. */
function procedureFindings(schema: FormSchema, scope: LintScope): FormFinding[] {
  const fields = new Map(schemaFields(schema).map((each) => [each.template, each.schema]))
  return (scope.readByProcedures ?? []).flatMap((path) => {
    const field = fields.get(path)
    if (!field)
      return scope.previous && !schemaFields(scope.previous).some((each) => each.template === path)
        ? []
        : [error(null, `流程要读字段 ${path}，表单里却没有，请不要删除它`)]
    return field['x-visible'] === false && !isServerWritten(field) && !isDecisionField(field)
      ? [error(field['x-id'], `流程要读“${field.title ?? path}”，它却一直隐藏，谁也填不了`)]
      : []
  })
}
