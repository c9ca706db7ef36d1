import type { FieldSchema, FormSchema } from '../form-definition.ts'
import { schemaFields } from './field-nodes.ts'
import { sameData } from './path.ts'

/** What changed between two versions of a form, one sentence each, for whoever publishes and whoever asks later. */
export function formDifferences(before: FormSchema, after: FormSchema): string[] {
  const old = new Map(schemaFields(before).map((each, place) => [each.schema['x-id'], { ...each, place }]))
  const now = schemaFields(after)
  const said: string[] = []
  const kept: string[] = []
  for (const each of now) {
    const title = nameOf(each.schema, each.template)
    const was = old.get(each.schema['x-id'])
    if (!was) said.push(`新增${each.schema.type === 'void' ? '分组' : '字段'}“${title}”${each.schema.required === true ? '，必填' : ''}`)
    else {
      kept.push(each.schema['x-id'])
      said.push(...changes(was.schema, each.schema, title))
      if (was.parents.at(-1)?.['x-id'] !== each.parents.at(-1)?.['x-id'])
        said.push(`“${title}”移到了“${each.parents.at(-1)?.title ?? '表单顶层'}”`)
    }
  }
  for (const [id, each] of old)
    if (!now.some((field) => field.schema['x-id'] === id)) said.push(`删除“${nameOf(each.schema, each.template)}”`)
  const order = [...old.keys()].filter((id) => kept.includes(id))
  if (order.join() !== kept.join()) said.push('调整了字段顺序')
  return said
}

function nameOf(field: FieldSchema, template: string): string {
  return field.title ?? (template === '' ? '布局' : template)
}

function changes(was: FieldSchema, now: FieldSchema, title: string): string[] {
  const said: string[] = []
  if ((was.title ?? '') !== (now.title ?? '')) said.push(`“${was.title ?? ''}”改名为“${now.title ?? ''}”`)
  if ((was.required ?? false) !== (now.required ?? false))
    said.push(now.required === true ? `“${title}”改为必填` : was.required === true ? `“${title}”改为选填` : `“${title}”的必填条件有变化`)
  if ((was.description ?? '') !== (now.description ?? '')) said.push(`“${title}”的说明有变化`)
  for (const [key, label] of [
    ['minimum', '最小值'],
    ['maximum', '最大值'],
    ['minLength', '最少字数'],
    ['maxLength', '最多字数'],
    ['minItems', '最少数量'],
    ['maxItems', '最多数量'],
    ['format', '格式'],
  ] as const) {
    if (was[key] !== now[key]) said.push(`“${title}”的${label}从 ${was[key] ?? '不限'} 改为 ${now[key] ?? '不限'}`)
  }
  said.push(...optionChanges(was, now, title))
  if (!sameData(was['x-reactions'], now['x-reactions']) || was['x-visible'] !== now['x-visible']) {
    const [before, after] = [was['x-reactions']?.length ?? 0, now['x-reactions']?.length ?? 0]
    said.push(
      after > before
        ? `“${title}”新增 ${after - before} 条联动`
        : after < before
          ? `“${title}”减少 ${before - after} 条联动`
          : `“${title}”的联动有变化`,
    )
  }
  if (was['x-formula'] !== now['x-formula']) said.push(`“${title}”的算法有变化`)
  if (!sameData(was['x-rules'], now['x-rules'])) said.push(`“${title}”的校验有变化`)
  if (
    !sameData(was['x-component-props'], now['x-component-props']) ||
    was['x-unit'] !== now['x-unit'] ||
    was['x-span'] !== now['x-span'] ||
    !sameData(was.default, now.default)
  )
    said.push(`“${title}”的显示或默认值有变化`)
  return said
}

function optionChanges(was: FieldSchema, now: FieldSchema, title: string): string[] {
  if (sameData(was.enum, now.enum)) return []
  const before = new Map((was.enum ?? []).map((each) => [each.value, each.label]))
  const after = new Map((now.enum ?? []).map((each) => [each.value, each.label]))
  const added = [...after].filter(([value]) => !before.has(value)).map(([, label]) => label)
  const gone = [...before].filter(([value]) => !after.has(value)).map(([, label]) => label)
  const said: string[] = []
  if (added.length > 0) said.push(`“${title}”新增选项：${added.join('、')}`)
  if (gone.length > 0) said.push(`“${title}”去掉选项：${gone.join('、')}`)
  return said.length > 0 ? said : [`“${title}”的选项有变化`]
}
