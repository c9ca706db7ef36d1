import type { FieldSchema } from '../../contracts/form-definition.ts'
import { FIELD_TYPES_UI } from '../form-runtime/index.ts'
import { isOwn } from './model/new-field.ts'

/** Title of a field in lists; layout nodes without one are called by their type. */
export function titleOf(key: string, field: FieldSchema): string {
  return (
    field.title ??
    (field['x-component'] === 'Note'
      ? (field.description ?? '说明')
      : field.type === 'void'
        ? FIELD_TYPES_UI[field['x-component']].label
        : key)
  )
}

/** 单选，3 个选项 */
export function kindOf(field: FieldSchema): string {
  const label = FIELD_TYPES_UI[field['x-component']].label
  if (field.enum && field.enum.length > 0) return `${label}，${field.enum.length} 个选项`
  if (field['x-catalog']) return `${label}，选项表 ${field['x-catalog']}`
  if (field['x-form']) return `${label}，每行一张 ${field['x-form']}`
  return label
}

/** Why a county may not delete a field; undefined when it may. */
export function whyKept(field: FieldSchema, readByProcedures: readonly string[], path: string): string | undefined {
  if (!isOwn(field) && (field['x-lock'] ?? 'open') !== 'open')
    return `省级${field['x-lock'] === 'locked' ? '锁定' : '只能收紧'}的字段，本县不能删除`
  if (readByProcedures.includes(path)) return '流程要读这个字段，不能删除'
  return undefined
}

export function lockWords(field: FieldSchema): string | undefined {
  if (field['x-lock'] === 'locked') return '省级锁定'
  if (field['x-lock'] === 'tighten') return '只能收紧'
  return undefined
}
