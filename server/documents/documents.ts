import type { Database, Tx } from '../../database/database.ts'
import { Refusal } from '../http/problem.ts'
import { type Route, route } from '../http/route.ts'
import { sendFile } from '../http/send-file.ts'
import type { Actor } from '../identity/actor.ts'
import type { NewId } from '../new-id.ts'
import type { Clock, Organisation } from '../organisation/index.ts'
import type { RecordRow, Records } from '../records/index.ts'
import { type DocumentInfo, type DocumentStore, makeDocumentStore } from './document-store.ts'
import { fillTemplate } from './fill-template.ts'
import { listingNoticeValues } from './listing-notice.ts'

/** Notices and exports that were made of records. */
export interface Documents {
  readonly store: DocumentStore
  /** Makes a document from its template (`listing-notice`) for a record; made once per record. Answers its id. */
  issue(tx: Tx, of: { template: string; record: RecordRow }): Promise<string>
  /** A document that this actor may see by its record; else `not-found`. */
  see(actor: Actor, documentId: string): Promise<{ info: DocumentInfo; content: Uint8Array }>
  /** The documents of a record and of those linked with it, for the record page. */
  ofRecords(recordIds: readonly string[]): Promise<readonly DocumentInfo[]>
  readonly routes: readonly Route[]
}

export function makeDocuments(deps: {
  database: Database
  clock: Clock
  newId: NewId
  organisation: Organisation
  records: Records
  /** Words of a clause of the criteria. */
  criterionLabel: (countyCode: string, code: string) => Promise<string>
}): Documents {
  const { clock, records } = deps
  const store = makeDocumentStore(deps)

  async function listingOf(hazard: RecordRow): Promise<RecordRow | null> {
    const links = await records.trail.linked(hazard.id)
    const link = links.findLast((one) => one.kind === 'listed' && one.direction === 'to')
    return link ? records.store.byId(link.recordId) : null
  }

  const documents: Documents = {
    store,

    async issue(tx, { template, record }) {
      const { countyCode } = record
      if (template !== 'listing-notice') throw new Refusal('not-found', { detail: `no document template ${template}` })
      const listing = await listingOf(record)
      const values = await listingNoticeValues(deps, record, listing, clock.now())
      const title = `挂牌督办通知书 ${values.documentNo ?? ''}`.trim()
      const id = await store.keep(tx, {
        countyCode,
        recordId: record.id,
        purpose: `${template} ${listing?.id ?? ''}`,
        name: `${title}.docx`,
        title,
        format: 'docx',
        content: fillTemplate(countyCode, template, values),
      })
      await records.trail.addEvent(record.id, { kind: 'document', words: `印发${title}`, data: { documentId: id } })
      return id
    },

    async see(actor, documentId) {
      const info = await store.byId(actor.countyCode, documentId)
      if (!info || !(await records.store.maySee(actor, info.recordId))) throw new Refusal('not-found')
      return { info, content: await store.content(documentId) }
    },

    ofRecords: (recordIds) => store.ofRecords(recordIds),

    routes: [
      route({
        method: 'get',
        path: '/documents/:id',
        summary: 'The content of a document',
        access: 'session',
        stream: true,
        handle: async ({ actor, params, response }) => {
          const { info, content } = await documents.see(actor, params.id ?? '')
          sendFile(response, { name: info.name, content })
        },
      }),
    ],
  }
  return documents
}
