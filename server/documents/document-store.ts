import { createHash } from 'node:crypto'
import type { Database, Tx } from '../../database/database.ts'
import type { NewId } from '../new-id.ts'
import type { Clock } from '../organisation/index.ts'

export type DocumentFormat = 'docx' | 'xlsx'

/** A document made of a record; the name is what it is saved as. */
export interface DocumentInfo {
  readonly id: string
  readonly countyCode: string
  readonly recordId: string
  readonly name: string
  readonly title: string
  readonly format: DocumentFormat
  readonly size: number
  readonly sha256: string
  readonly at: number
}

interface DocumentRow {
  document_id: string
  county_code: string
  record_id: string
  name: string
  title: string
  format: DocumentFormat
  size: number
  sha256: string
  created_at: number
}

export interface DocumentStore {
  /** Keeps a document. The same purpose of the same record again answers the first one's id and keeps that. */
  keep(
    tx: Tx,
    document: {
      countyCode: string
      recordId: string
      purpose: string
      name: string
      title: string
      format: DocumentFormat
      content: Uint8Array
    },
  ): Promise<string>
  byId(countyCode: string, documentId: string): Promise<DocumentInfo | null>
  content(documentId: string): Promise<Uint8Array>
  ofRecords(recordIds: readonly string[]): Promise<readonly DocumentInfo[]>
}

const COLUMNS = 'document_id, county_code, record_id, name, title, format, size, sha256, created_at'

export function makeDocumentStore({ database, clock, newId }: { database: Database; clock: Clock; newId: NewId }): DocumentStore {
  return {
    async keep(tx, { countyCode, recordId, purpose, name, title, format, content }) {
      const [known] = await tx.query<{ document_id: string }>('select document_id from document where record_id = ? and purpose = ?', [
        recordId,
        purpose,
      ])
      if (known) return known.document_id
      const id = newId()
      await tx.query(
        `insert into document (document_id, county_code, record_id, purpose, name, title, format, size, sha256, content, created_at)
        values (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)`,
        [
          id,
          countyCode,
          recordId,
          purpose,
          name,
          title,
          format,
          content.byteLength,
          createHash('sha256').update(content).digest('hex'),
          content,
          clock.now(),
        ],
      )
      return id
    },

    async byId(countyCode, documentId) {
      const [row] = await database.query<DocumentRow>(`select ${COLUMNS} from document where document_id = ? and county_code = ? limit 1`, [
        documentId,
        countyCode,
      ])
      return row ? infoOf(row) : null
    },

    async content(documentId) {
      const [row] = await database.query<{ content: Uint8Array }>('select content from document where document_id = ? limit 1', [
        documentId,
      ])
      return new Uint8Array(row?.content ?? [])
    },

    async ofRecords(recordIds) {
      if (recordIds.length === 0) return []
      const rows = await database.query<DocumentRow>(
        `select ${COLUMNS} from document where record_id in (${recordIds.map(() => '?').join(', ')}) order by created_at, document_id limit 500`,
        recordIds,
      )
      return rows.map(infoOf)
    },
  }
}

const infoOf = (row: DocumentRow): DocumentInfo => ({
  id: row.document_id,
  countyCode: row.county_code,
  recordId: row.record_id,
  name: row.name,
  title: row.title,
  format: row.format,
  size: Number(row.size),
  sha256: row.sha256,
  at: Number(row.created_at),
})
