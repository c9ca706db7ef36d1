import { attachment } from '../../contracts/api/records.ts'
import { type Route, route } from '../http/route.ts'
import type { AttachmentRow, Attachments } from './attachments.ts'
import { maySitInPage } from './file-kinds.ts'
import { receiveUpload } from './upload.ts'

export const presentAttachment = ({ id, name, mime, size, sha256, takenAt }: AttachmentRow) => ({ id, name, mime, size, sha256, takenAt })

export function attachmentRoutes(attachments: Attachments): readonly Route[] {
  return [
    route({
      method: 'post',
      path: '/attachments',
      summary: 'Upload a file (multipart: file, clientId, takenAt?, place?); the same clientId twice gives the same id',
      access: 'session',
      status: 201,
      answer: attachment,
      handle: async ({ request, actor }) => presentAttachment(await receiveUpload(request, actor, attachments)),
    }),
    route({
      method: 'get',
      path: '/attachments/:id',
      summary: 'The content of a file',
      access: 'session',
      stream: true,
      async handle({ actor, params, response }) {
        const found = await attachments.see(actor, params.id ?? '')
        response.setHeader('Content-Type', found.mime)
        response.setHeader('Content-Length', String(found.size))
        response.setHeader('Cache-Control', 'private, max-age=31536000, immutable')
        // A file is never a page of this site: no script of it runs, whatever it holds.
        response.setHeader('Content-Security-Policy', "default-src 'none'; style-src 'unsafe-inline'; sandbox")
        response.setHeader(
          'Content-Disposition',
          `${maySitInPage(found.mime) ? 'inline' : 'attachment'}; filename*=UTF-8''${encodeURIComponent(found.name)}`,
        )
        await new Promise<void>((done, fail) => {
          attachments.read(found).once('error', fail).pipe(response).once('finish', done).once('close', done)
        })
      },
    }),
  ]
}
