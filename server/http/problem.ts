import type { Problem } from '../../contracts/api/problem.ts'
import { EngineError } from '../../engine/process-engine.ts'

/**
 * Every refusal that the API knows: status and title. The only place that turns a code into a status.
 * Titles are for developers and for clients without texts of their own; the site looks its words up by code.
 */
export const PROBLEMS = {
  'invalid-request': { status: 400, title: '请求内容不符合要求' },
  'malformed-json': { status: 400, title: '请求不是有效的 JSON' },
  'not-signed-in': { status: 401, title: '请先登录' },
  'login-failed': { status: 401, title: '账号或密码不正确' },
  'csrf-failed': { status: 403, title: '页面已过期，请刷新后再试' },
  forbidden: { status: 403, title: '没有此项权限' },
  'must-change-password': { status: 403, title: '请先修改密码' },
  'not-your-seat': { status: 403, title: '这一步不由您办理' },
  'not-found': { status: 404, title: '没有找到' },
  'method-not-allowed': { status: 405, title: '不支持的操作' },
  conflict: { status: 409, title: '内容已被他人修改，请刷新' },
  'already-decided': { status: 409, title: '这一步已由他人办理' },
  'seat-not-open': { status: 409, title: '这一步还没有轮到或已经结束' },
  'number-taken': { status: 409, title: '编号已被占用' },
  'clock-not-forward': { status: 409, title: '时间只能向前' },
  'engine-refused': { status: 409, title: '流程当前不能执行此操作' },
  blocked: { status: 409, title: '条件尚未满足' },
  'too-large': { status: 413, title: '文件或内容过大' },
  'unsupported-file': { status: 415, title: '不支持的文件类型' },
  'file-type-mismatch': { status: 415, title: '文件内容与类型不符' },
  'form-invalid': { status: 422, title: '表单有未通过的项目' },
  'field-not-writable': { status: 422, title: '包含不可填写的字段' },
  'reason-required': { status: 422, title: '请填写原因' },
  'opinion-required': { status: 422, title: '请填写意见' },
  'signature-required': { status: 422, title: '请手写签名' },
  'unknown-outcome': { status: 422, title: '没有这个结论' },
  'duplicate-hazard': { status: 422, title: '可能与已登记的隐患重复' },
  'model-invalid': { status: 422, title: '流程模型有错误' },
  'weak-password': { status: 422, title: '密码不符合要求' },
  'account-locked': { status: 429, title: '登录失败次数过多，请稍后再试' },
  'too-many-requests': { status: 429, title: '请求过于频繁' },
  internal: { status: 500, title: '服务器内部错误' },
  unavailable: { status: 503, title: '服务暂时不可用' },
} as const satisfies Record<string, { status: number; title: string }>

export type ProblemCode = keyof typeof PROBLEMS

/** A field of the request that was refused: path in dots, code, words for the person. */
export interface FieldProblem {
  readonly field: string
  readonly code: string
  readonly message: string
}

export interface RefusalDetails {
  readonly detail?: string
  readonly errors?: readonly FieldProblem[]
  readonly data?: Readonly<Record<string, unknown>>
}

/** An expected refusal of a use case. Thrown anywhere below the API, also inside a transaction, which it rolls back. */
export class Refusal extends Error {
  readonly code: ProblemCode
  readonly detail: string | undefined
  readonly errors: readonly FieldProblem[]
  readonly data: Readonly<Record<string, unknown>> | undefined
  constructor(code: ProblemCode, details: RefusalDetails = {}) {
    super(details.detail ?? code)
    this.name = 'Refusal'
    this.code = code
    this.detail = details.detail
    this.errors = details.errors ?? []
    this.data = details.data
  }
}

/** Refuses a form for one of its fields. */
export function refuseField(field: string, code: string, message: string): never {
  throw new Refusal('form-invalid', { errors: [{ field, code, message }] })
}

/** The RFC 9457 body of a refusal. */
export function problemOf(refusal: Refusal): Problem {
  const { status, title } = PROBLEMS[refusal.code]
  return {
    type: `https://bihuan.example/problems/${refusal.code}`,
    title,
    status,
    code: refusal.code,
    ...(refusal.detail === undefined ? {} : { detail: refusal.detail }),
    ...(refusal.errors.length === 0 ? {} : { errors: [...refusal.errors] }),
    ...(refusal.data === undefined ? {} : { data: { ...refusal.data } }),
  }
}

/** What a thrown thing means to the client; null when it is a fault of the server. */
export function refusalOf(thrown: unknown): Refusal | null {
  if (thrown instanceof Refusal) return thrown
  if (thrown instanceof EngineError) {
    if (thrown.code === 'parse-failed') return new Refusal('model-invalid', { detail: thrown.message, data: { findings: thrown.findings } })
    return new Refusal('engine-refused', { detail: thrown.message, data: { engineCode: thrown.code } })
  }
  return bodyParserRefusal(thrown)
}

/** express.json throws errors with a `type`; they are the client's. */
function bodyParserRefusal(thrown: unknown): Refusal | null {
  if (typeof thrown !== 'object' || thrown === null || !('type' in thrown)) return null
  if (thrown.type === 'entity.too.large') return new Refusal('too-large')
  if (thrown.type === 'entity.parse.failed') return new Refusal('malformed-json')
  if (typeof thrown.type === 'string' && /^(request|encoding|charset|entity|parameters)\./.test(thrown.type))
    return new Refusal('invalid-request')
  return null
}
