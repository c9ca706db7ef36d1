import { rm } from 'node:fs/promises'
import busboy from 'busboy'
import type { Request } from 'express'
import { z } from 'zod'
import { parse } from '../http/parse.ts'
import { Refusal } from '../http/problem.ts'
import type { Actor } from '../identity/actor.ts'
import type { AttachmentRow, Attachments, ReceivedFile } from './attachments.ts'
import { MAX_FILE_BYTES } from './file-kinds.ts'

const fields = z.object({
  clientId: z.string().min(8).max(64),
  takenAt: z.coerce.number().int().min(0).optional(),
  place: z.string().max(200).optional(),
})

/** Reads one multipart upload: `file` and the fields in any order. */
export async function receiveUpload(request: Request, actor: Actor, attachments: Attachments): Promise<AttachmentRow> {
  if (!request.headers['content-type']?.startsWith('multipart/form-data'))
    throw new Refusal('invalid-request', { detail: 'multipart/form-data expected' })
  const form = await readForm(request, attachments)
  if (!form.file) throw new Refusal('invalid-request', { errors: [{ field: 'file', code: 'required', message: '请选择文件' }] })
  const checked = fields.safeParse(form.fields)
  if (!checked.success) await rm(form.file.path, { force: true })
  const { clientId, takenAt, place } = parse(fields, form.fields)
  return attachments.keep(form.file, {
    actor,
    clientId,
    name: form.name,
    declaredMime: form.mime,
    takenAt: takenAt ?? null,
    place: place ?? null,
  })
}

interface Form {
  readonly file: ReceivedFile | null
  readonly name: string
  readonly mime: string
  readonly fields: Readonly<Record<string, string>>
}

async function readForm(request: Request, attachments: Attachments): Promise<Form> {
  const parser = busboy({
    headers: request.headers,
    defParamCharset: 'utf8',
    limits: { files: 1, fields: 10, fieldSize: 1000, parts: 12, fileSize: MAX_FILE_BYTES + 1 },
  })
  const texts: Record<string, string> = {}
  let receiving: Promise<ReceivedFile> | null = null
  let name = ''
  let mime = ''
  parser.on('field', (field, value) => {
    texts[field] = value
  })
  parser.on('file', (_field, stream, info) => {
    name = info.filename ?? ''
    mime = info.mimeType ?? ''
    receiving = attachments.receive(stream)
    // Told below, when the form has been read.
    receiving.catch(() => undefined)
  })
  await new Promise<void>((done, fail) => {
    parser.once('close', done)
    parser.once('error', () => fail(new Refusal('invalid-request', { detail: 'malformed multipart body' })))
    request.once('aborted', () => fail(new Refusal('invalid-request', { detail: 'upload was cut off' })))
    request.pipe(parser)
  })
  return { file: receiving ? await receiving : null, name, mime, fields: texts }
}
