import { FORBIDDEN_MEMBERS } from './names.ts'

/** Own data of objects, elements of lists and the length of lists and texts; everything else is undefined. */
export function readMember(target: unknown, member: unknown): unknown {
  if (target === null || target === undefined) return undefined
  if (typeof member !== 'string' && typeof member !== 'number') return undefined
  const key = String(member)
  if (FORBIDDEN_MEMBERS.has(key)) return undefined
  if (typeof target === 'string') {
    if (key === 'length') return target.length
    return /^\d{1,6}$/.test(key) ? target[Number(key)] : undefined
  }
  if (typeof target !== 'object') return undefined
  if (Array.isArray(target) && key === 'length') return target.length
  if (!Object.hasOwn(target, key)) return undefined
  const value = (target as Record<string, unknown>)[key]
  return typeof value === 'function' ? undefined : value
}
