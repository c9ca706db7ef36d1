import { createHash } from 'node:crypto'
import { createReadStream, type ReadStream } from 'node:fs'
import { mkdir, open, rename, rm } from 'node:fs/promises'
import { join } from 'node:path'
import { Readable } from 'node:stream'
import { fileTypeFromFile } from 'file-type'
import type { Database } from '../../database/database.ts'
import { Refusal } from '../http/problem.ts'
import type { Actor } from '../identity/actor.ts'
import type { NewId } from '../new-id.ts'
import type { Clock } from '../organisation/index.ts'
import { write } from '../write.ts'
import { acceptedMime, MAX_FILE_BYTES, safeName } from './file-kinds.ts'

export interface AttachmentRow {
  readonly id: string
  readonly countyCode: string
  readonly uploadedBy: string
  readonly recordId: string | null
  readonly name: string
  readonly mime: string
  readonly size: number
  readonly sha256: string
  readonly takenAt: number | null
}

export interface UploadInput {
  readonly actor: Actor
  /** Made by the device: the same one again is the same attachment, also after a lost answer. */
  readonly clientId: string
  readonly name: string
  readonly declaredMime: string
  readonly takenAt: number | null
  readonly place: string | null
}

/** Files on disk below the data directory, with their row; named by id, never by what the sender called them. */
export interface Attachments {
  /** Takes the stream to disk. Throws `too-large`, `unsupported-file`, `file-type-mismatch`; nothing is left behind then. */
  receive(content: Readable): Promise<ReceivedFile>
  keep(file: ReceivedFile, upload: UploadInput): Promise<AttachmentRow>
  /** Keeps bytes that the server made or checked itself: signatures, notices. */
  keepBytes(bytes: Uint8Array, upload: UploadInput & { recordId?: string }): Promise<AttachmentRow>
  byId(countyCode: string, attachmentId: string): Promise<AttachmentRow | null>
  byIds(countyCode: string, attachmentIds: readonly string[]): Promise<readonly AttachmentRow[]>
  /**
   * Ties files of a submitted form to its record, so that whoever sees the record sees them. A file that neither the actor uploaded
   * nor belongs to a record of his sight is `not-found`: form values cannot pull in a stranger's file.
   */
  bind(actor: Actor, attachmentIds: readonly string[], recordId: string): Promise<void>
  ofRecord(recordId: string): Promise<readonly AttachmentRow[]>
  /** For this actor, or `not-found`. */
  see(actor: Actor, attachmentId: string): Promise<AttachmentRow>
  read(attachment: AttachmentRow): ReadStream
}

export interface ReceivedFile {
  readonly path: string
  readonly size: number
  readonly sha256: string
}

interface Row {
  attachment_id: string
  county_id: string
  uploaded_by: string
  record_id: string | null
  name: string
  mime: string
  size: number
  sha256: string
  taken_at: number | null
}

const COLUMNS = 'attachment_id, county_id, uploaded_by, record_id, name, mime, size, sha256, taken_at'

const attachmentOf = (row: Row): AttachmentRow => ({
  id: row.attachment_id,
  countyCode: row.county_id,
  uploadedBy: row.uploaded_by,
  recordId: row.record_id,
  name: row.name,
  mime: row.mime,
  size: Number(row.size),
  sha256: row.sha256,
  takenAt: row.taken_at === null ? null : Number(row.taken_at),
})

export interface AttachmentDeps {
  readonly database: Database
  readonly clock: Clock
  readonly newId: NewId
  readonly dataDir: string
  readonly maySeeRecord: (actor: Actor, recordId: string) => Promise<boolean>
}

export function makeAttachments({ database, clock, newId, dataDir, maySeeRecord }: AttachmentDeps): Attachments {
  const folderOf = (id: string) => join(dataDir, 'attachments', id.slice(-2))
  const pathOf = (id: string) => join(folderOf(id), id)

  const byClientId = async (actor: Actor, clientId: string) => {
    const [row] = await database.query<Row>(`select ${COLUMNS} from attachment where uploaded_by = ? and client_id = ? limit 1`, [
      actor.personId,
      clientId,
    ])
    return row ? attachmentOf(row) : null
  }
  const maySee = async (actor: Actor, attachment: AttachmentRow) =>
    attachment.uploadedBy === actor.personId || (attachment.recordId !== null && (await maySeeRecord(actor, attachment.recordId)))

  const attachments: Attachments = {
    async receive(content) {
      const folder = join(dataDir, 'attachments', 'incoming')
      await mkdir(folder, { recursive: true })
      const path = join(folder, newId())
      const hash = createHash('sha256')
      let size = 0
      const file = await open(path, 'wx', 0o600)
      let failure: unknown = null
      // Read to the end whatever happens: a stream that is left half way would hold up the form around it.
      for await (const chunk of content as AsyncIterable<Buffer>) {
        size += chunk.length
        if (size > MAX_FILE_BYTES) failure ??= new Refusal('too-large', { data: { maxBytes: MAX_FILE_BYTES } })
        if (failure) continue
        hash.update(chunk)
        await file.write(chunk).catch((error: unknown) => {
          failure = error
        })
      }
      if (size === 0) failure ??= new Refusal('unsupported-file')
      if (!failure) await file.sync()
      await file.close()
      if (failure) {
        await rm(path, { force: true })
        throw failure
      }
      return { path, size, sha256: hash.digest('hex') }
    },

    async keep(file, upload) {
      try {
        const before = await byClientId(upload.actor, upload.clientId)
        if (before) return before
        const name = safeName(upload.name)
        const mime = acceptedMime((await fileTypeFromFile(file.path))?.mime, name, upload.declaredMime)
        const id = newId()
        await mkdir(folderOf(id), { recursive: true })
        await rename(file.path, pathOf(id))
        return await insert(id, { ...upload, name }, mime, file).catch(async (error: unknown) => {
          await rm(pathOf(id), { force: true })
          const twin = await byClientId(upload.actor, upload.clientId)
          if (twin) return twin
          throw error
        })
      } finally {
        await rm(file.path, { force: true })
      }
    },

    async keepBytes(bytes, upload) {
      const kept = await attachments.keep(await attachments.receive(Readable.from([Buffer.from(bytes)])), upload)
      if (upload.recordId === undefined || kept.recordId !== null) return kept
      await write(database, 'update attachment set record_id = ? where attachment_id = ? and record_id is null', [upload.recordId, kept.id])
      return { ...kept, recordId: upload.recordId }
    },

    async byId(countyCode, attachmentId) {
      return (await attachments.byIds(countyCode, [attachmentId]))[0] ?? null
    },

    async byIds(countyCode, attachmentIds) {
      const ids = [...new Set(attachmentIds)].slice(0, 1000)
      if (ids.length === 0) return []
      const rows = await database.query<Row>(
        `select ${COLUMNS} from attachment where county_id = ? and attachment_id in (${ids.map(() => '?').join(', ')}) limit ${ids.length}`,
        [countyCode, ...ids],
      )
      return rows.map(attachmentOf)
    },

    async bind(actor, attachmentIds, recordId) {
      const ids = [...new Set(attachmentIds)]
      const rows = await attachments.byIds(actor.countyCode, ids)
      for (const id of ids) {
        const row = rows.find((it) => it.id === id)
        if (!row || !(row.recordId === recordId || (await maySee(actor, row))))
          throw new Refusal('not-found', { detail: 'no such attachment', data: { attachmentId: id } })
        if (row.recordId === null)
          await write(database, 'update attachment set record_id = ? where attachment_id = ? and record_id is null', [recordId, id])
      }
    },

    async ofRecord(recordId) {
      return (
        await database.query<Row>(`select ${COLUMNS} from attachment where record_id = ? order by uploaded_at, attachment_id limit 500`, [
          recordId,
        ])
      ).map(attachmentOf)
    },

    async see(actor, attachmentId) {
      const attachment = await attachments.byId(actor.countyCode, attachmentId)
      if (!attachment || !(await maySee(actor, attachment))) throw new Refusal('not-found')
      return attachment
    },

    read: (attachment) => createReadStream(pathOf(attachment.id)),
  }
  return attachments

  async function insert(id: string, upload: UploadInput, mime: string, file: ReceivedFile): Promise<AttachmentRow> {
    const row = {
      id,
      countyCode: upload.actor.countyCode,
      uploadedBy: upload.actor.personId,
      recordId: null,
      name: upload.name,
      mime,
      size: file.size,
      sha256: file.sha256,
      takenAt: upload.takenAt,
    }
    await write(
      database,
      `insert into attachment (${COLUMNS}, client_id, place, uploaded_at) values (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)`,
      [
        id,
        row.countyCode,
        row.uploadedBy,
        null,
        row.name,
        mime,
        row.size,
        row.sha256,
        row.takenAt,
        upload.clientId,
        upload.place,
        clock.now(),
      ],
    )
    return row
  }
}
