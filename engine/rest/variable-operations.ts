import type { Value, Variables } from '../core/value.ts'
import { bodyOf, type Call, content, json, nothing, param, textsOf } from './http/call.ts'
import { type Operation, operation } from './http/operation.ts'
import { invalidRequest, notFound, Problem, type Wrapping } from './problem.ts'
import { readVariable, readVariables, variableOut, variablesOut } from './variable.ts'

/** Where variables live: how they are read and changed. */
export interface VariableHolder {
  /** `/task/:id/localVariables` */
  readonly path: string
  /** For messages: `task`, `execution`, `process instance`. */
  readonly what: string
  readonly read: (call: Call, id: string) => Promise<Variables>
  readonly change: (call: Call, id: string, variables: Variables, remove: readonly string[], transient: readonly string[]) => Promise<void>
  readonly wrapping?: Wrapping
}

/** Read all, read one, its content, set one, upload its content, change several, delete one. */
export function variableOperations(holder: VariableHolder): readonly Operation[] {
  const { path, what } = holder
  const options = holder.wrapping ? { wrapping: holder.wrapping } : {}
  const find = async (call: Call): Promise<Value> => {
    const [id, name] = [param(call, 'id'), param(call, 'varName')]
    const variables = await holder.read(call, id).catch((error: unknown) => {
      throw error instanceof Problem ? new Problem(error.status, 'RestException', error.message, error.more) : error
    })
    const found = variables[name]
    if (!found) throw notFound(`${what} variable with name ${name} does not exist`)
    return found
  }
  return [
    operation('GET', path, `Variables of a ${what}`, async (call) =>
      json(variablesOut(await holder.read(call, param(call, 'id')), deserializes(call))),
    ),
    operation(
      'POST',
      path,
      `Changes variables of a ${what}`,
      async (call) => {
        const body = bodyOf(call)
        const { variables, transient } = readVariables(body.modifications, 'modifications')
        await holder.change(call, param(call, 'id'), variables, textsOf(body, 'deletions') ?? [], transient)
        return nothing
      },
      options,
    ),
    operation(
      'GET',
      `${path}/:varName`,
      `A variable of a ${what}`,
      async (call) => json(variableOut(await find(call), deserializes(call))),
      options,
    ),
    operation(
      'PUT',
      `${path}/:varName`,
      `Sets a variable of a ${what}`,
      async (call) => {
        const name = param(call, 'varName')
        const body = bodyOf(call)
        const info = body.valueInfo as { transient?: unknown } | undefined
        await holder.change(call, param(call, 'id'), { [name]: readVariable(name, body) }, [], info?.transient === true ? [name] : [])
        return nothing
      },
      options,
    ),
    operation(
      'DELETE',
      `${path}/:varName`,
      `Removes a variable of a ${what}`,
      async (call) => {
        await holder.change(call, param(call, 'id'), {}, [param(call, 'varName')], [])
        return nothing
      },
      options,
    ),
    operation('GET', `${path}/:varName/data`, `Content of a variable of a ${what}`, async (call) => contentOf(await find(call)), {
      ...options,
      binary: true,
    }),
    operation(
      'POST',
      `${path}/:varName/data`,
      `Uploads a variable of a ${what}`,
      async (call) => {
        await holder.change(call, param(call, 'id'), { [param(call, 'varName')]: uploaded(call) }, [], [])
        return nothing
      },
      options,
    ),
  ]
}

export const deserializes = (call: Call): boolean =>
  call.query.get('deserializeValues') !== 'false' && call.query.get('deserializeValue') !== 'false'

/** Files with their type and name, bytes as they are; other variables have no content. */
export function contentOf(value: Value) {
  if (value.t === 'Bytes') return content(Buffer.from(value.v ?? '', 'base64'), 'application/octet-stream')
  if (value.t !== 'File') throw invalidRequest('Value of variable is not a binary value.')
  const { filename = 'file', mimetype, encoding } = value.info
  const type = mimetype ?? 'application/octet-stream'
  return content(Buffer.from(value.v ?? '', 'base64'), encoding ? `${type}; charset=${encoding}` : type, filename)
}

function uploaded(call: Call): Value {
  const data = call.form.find(({ name }) => name === 'data')
  const type = call.form.find(({ name }) => name === 'type' || name === 'valueType')?.content.toString('utf8') ?? ''
  if (!data) throw invalidRequest("No 'data' in the form")
  const v = data.content.toString('base64')
  if (type.toLowerCase() !== 'file') return { t: 'Bytes', v }
  const [mimetype, encoding] = (data.mimeType ?? '').split(/;\s*charset=/)
  return {
    t: 'File',
    v,
    info: { ...(data.filename !== null && { filename: data.filename }), ...(mimetype && { mimetype }), ...(encoding && { encoding }) },
  }
}
