import { FORBIDDEN_MEMBERS } from '../expression/names.ts'

const MAX_DEPTH = 8
const MAX_NODES = 30_000
const MAX_TEXT = 10_000
/** A signature's picture is the only longer text. */
const MAX_IMAGE = 300_000
const MAX_ROWS = 500

/** Why a body is no form data: in Chinese, for the reply. */
export type PlainData = { ok: true; values: Record<string, unknown> } | { ok: false; message: string; at: string }

/**
 * A deep copy of plain JSON data within bounds, without names that could change a prototype. Whatever is too deep, too long, too
 * many or no data at all is refused with the place where it stands.
 */
export function plainData(input: unknown): PlainData {
  let nodes = 0
  const copy = (value: unknown, depth: number, at: string): unknown => {
    if (++nodes > MAX_NODES) throw new NotPlain('内容太多，请分几次提交', at)
    if (value === null || value === undefined || typeof value === 'boolean') return value ?? null
    if (typeof value === 'number') {
      if (Number.isFinite(value)) return value
      throw new NotPlain('数字不对', at)
    }
    if (typeof value === 'string') {
      if (value.length > (value.startsWith('data:image/png;base64,') ? MAX_IMAGE : MAX_TEXT))
        throw new NotPlain(`文字太长，最多 ${MAX_TEXT} 个字`, at)
      return value
    }
    if (typeof value !== 'object' || depth >= MAX_DEPTH) throw new NotPlain('格式不对', at)
    if (Array.isArray(value)) {
      if (value.length > MAX_ROWS) throw new NotPlain(`最多 ${MAX_ROWS} 行`, at)
      return value.map((each, index) => copy(each, depth + 1, `${at}.${index}`))
    }
    const prototype: unknown = Object.getPrototypeOf(value)
    if (prototype !== Object.prototype && prototype !== null) throw new NotPlain('格式不对', at)
    const result: Record<string, unknown> = {}
    for (const [key, each] of Object.entries(value)) {
      if (FORBIDDEN_MEMBERS.has(key) || key.length > 64) throw new NotPlain('含有不允许的字段名', at)
      result[key] = copy(each, depth + 1, at === '' ? key : `${at}.${key}`)
    }
    return result
  }
  if (input === null || typeof input !== 'object' || Array.isArray(input)) return { ok: false, message: '表单内容的格式不对', at: '' }
  try {
    return { ok: true, values: copy(input, 0, '') as Record<string, unknown> }
  } catch (error) {
    if (error instanceof NotPlain) return { ok: false, message: error.message, at: error.at }
    throw error
  }
}

class NotPlain extends Error {
  readonly at: string
  constructor(message: string, at: string) {
    super(message)
    this.name = 'NotPlain'
    this.at = at
  }
}
