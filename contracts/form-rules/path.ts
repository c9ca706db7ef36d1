import { FORBIDDEN_MEMBERS } from '../expression/names.ts'

export type Path = readonly (string | number)[]
export type Values = Record<string, unknown>

/** Reads own data along a path; undefined as soon as something is missing. */
export function readPath(values: unknown, path: Path): unknown {
  let at: unknown = values
  for (const part of path) {
    if (at === null || typeof at !== 'object' || !Object.hasOwn(at, part)) return undefined
    at = (at as Record<string | number, unknown>)[part]
  }
  return at
}

/** Writes along a path, making objects on the way; undefined removes the key. Forbidden names are never written. */
export function writePath(values: Values, path: Path, value: unknown): void {
  if (path.some((part) => FORBIDDEN_MEMBERS.has(String(part)))) return
  let at = values as Record<string | number, unknown>
  for (const part of path.slice(0, -1)) {
    const next = Object.hasOwn(at, part) ? at[part] : undefined
    if (next !== null && typeof next === 'object') at = next as Record<string | number, unknown>
    else {
      if (value === undefined) return
      const made: Record<string | number, unknown> = {}
      at[part] = made
      at = made
    }
  }
  const last = path.at(-1)
  if (last === undefined) return
  if (value === undefined) delete at[last]
  else at[last] = value
}

/** `hazards.2.level` without its indexes: `hazards.level`. */
export function templateOf(path: Path): string {
  return path.filter((part) => typeof part !== 'number').join('.')
}

/** `'a.0.b'` to `['a', 0, 'b']`. */
export function parsePath(text: string): Path {
  return text === '' ? [] : text.split('.').map((part) => (/^\d+$/.test(part) ? Number(part) : part))
}

/** Deep equality of plain data, for "does the submitted value differ from the stored one". */
export function sameData(left: unknown, right: unknown): boolean {
  if (Object.is(left, right) || ((left ?? undefined) === undefined && (right ?? undefined) === undefined)) return true
  if (left === null || right === null || typeof left !== 'object' || typeof right !== 'object') return false
  if (Array.isArray(left) !== Array.isArray(right)) return false
  const a = left as Record<string, unknown>
  const b = right as Record<string, unknown>
  const keys = new Set([...Object.keys(a), ...Object.keys(b)])
  for (const key of keys) if (!sameData(a[key], b[key])) return false
  return true
}

/** A deep copy of plain data; what is no data is copied by reference. Older phones have no structuredClone. */
export function copyData<T>(value: T): T {
  if (Array.isArray(value)) return value.map(copyData) as T
  if (value === null || typeof value !== 'object') return value
  const copy: Record<string, unknown> = {}
  for (const [key, each] of Object.entries(value)) if (!FORBIDDEN_MEMBERS.has(key)) copy[key] = copyData(each)
  return copy as T
}
