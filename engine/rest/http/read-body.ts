import type { IncomingMessage } from 'node:http'
import busboy from 'busboy'
import { readJson } from '../json-body.ts'
import { invalidRequest, Problem } from '../problem.ts'
import type { FormPart } from './call.ts'

/** Deployments carry files; everything else is smaller. */
export const MAX_BODY = 64 * 1024 * 1024

export interface ReadBody {
  readonly body: unknown
  readonly form: readonly FormPart[]
}

/** Reads the body of a request by its content type: JSON, multipart, or none. Another type is a 415. */
export async function readBody(request: IncomingMessage): Promise<ReadBody> {
  const type = request.headers['content-type']?.split(';')[0]?.trim().toLowerCase()
  if (type === 'multipart/form-data') return { body: undefined, form: await readForm(request) }
  // A parser in front of the router may have read it already.
  const parsed = (request as { body?: unknown }).body
  if (parsed !== undefined && request.readableEnded) return { body: parsed, form: [] }
  const bytes = await readAll(request)
  if (type === 'application/json') {
    if (bytes.length === 0) return { body: undefined, form: [] }
    try {
      return { body: readJson(bytes.toString('utf8')), form: [] }
    } catch (error) {
      throw invalidRequest(`Cannot parse the JSON body: ${error instanceof Error ? error.message : String(error)}`)
    }
  }
  if (type !== undefined && bytes.length > 0) throw new Problem(415, 'NotSupportedException', `HTTP 415 Unsupported Media Type: ${type}`)
  return { body: undefined, form: [] }
}

/** By events: an asynchronous iterator over the stream costs more than the rest of a small request. */
function readAll(request: IncomingMessage): Promise<Buffer> {
  return new Promise((resolve, reject) => {
    const chunks: Buffer[] = []
    let size = 0
    request.on('data', (chunk: Buffer) => {
      size += chunk.length
      if (size > MAX_BODY) reject(new Problem(413, 'InvalidRequestException', 'the body is too large'))
      else chunks.push(chunk)
    })
    request.on('end', () => resolve(chunks.length === 1 && chunks[0] ? chunks[0] : Buffer.concat(chunks)))
    request.on('error', reject)
  })
}

function readForm(request: IncomingMessage): Promise<FormPart[]> {
  return new Promise((resolve, reject) => {
    const parts: FormPart[] = []
    let parser: busboy.Busboy
    try {
      parser = busboy({
        headers: request.headers,
        limits: { fileSize: MAX_BODY, parts: 2000 },
        defParamCharset: 'utf8',
        preservePath: true,
      })
    } catch (error) {
      reject(invalidRequest(`Cannot parse the form: ${error instanceof Error ? error.message : String(error)}`))
      return
    }
    parser.on('file', (name, stream, { filename, mimeType }) => {
      const chunks: Buffer[] = []
      stream.on('data', (chunk: Buffer) => chunks.push(chunk))
      stream.on('limit', () => reject(new Problem(413, 'InvalidRequestException', `the file ${filename} is too large`)))
      stream.on('close', () => parts.push({ name, filename: filename ?? null, mimeType: mimeType ?? null, content: Buffer.concat(chunks) }))
    })
    parser.on('field', (name, value) => parts.push({ name, filename: null, mimeType: null, content: Buffer.from(value, 'utf8') }))
    parser.on('close', () => resolve(parts))
    parser.on('error', (error) =>
      reject(invalidRequest(`Cannot parse the form: ${error instanceof Error ? error.message : String(error)}`)),
    )
    // A client that goes away in the middle ends neither the request nor the parser.
    request.once('close', () => {
      if (!request.complete) reject(invalidRequest('the request was not complete'))
    })
    request.pipe(parser)
  })
}
