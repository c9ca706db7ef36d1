import type { Database } from '../../database/database.ts'
import type { Route } from '../http/route.ts'
import type { NewId } from '../new-id.ts'
import type { Clock, Organisation } from '../organisation/index.ts'
import { type Attachments, makeAttachments } from './attachments.ts'
import { makeRecordTrail, type RecordTrail } from './links.ts'
import { makeNumbers, type Numbers } from './numbers.ts'
import { makeRecordStore, type RecordStore } from './record-store.ts'
import { attachmentRoutes } from './routes.ts'

/** Records with their versions, links and events, their numbers, and files. */
export interface Records {
  readonly store: RecordStore
  readonly trail: RecordTrail
  readonly numbers: Numbers
  readonly attachments: Attachments
  readonly routes: readonly Route[]
}

export function makeRecords(deps: {
  database: Database
  clock: Clock
  newId: NewId
  organisation: Organisation
  dataDir: string
}): Records {
  const { organisation } = deps
  const store = makeRecordStore({ ...deps, people: organisation.people })
  const attachments = makeAttachments({ ...deps, maySeeRecord: store.maySee })
  return {
    store,
    trail: makeRecordTrail(deps),
    numbers: makeNumbers({ ...deps, places: organisation.places }),
    attachments,
    routes: attachmentRoutes(attachments),
  }
}

export type { Attachments } from './attachments.ts'
export type { RecordTrail } from './links.ts'
export type { Numbers } from './numbers.ts'
export { type HazardLevel, type RecordFlag, type RecordRow, statusLabel } from './record.ts'
export type { NewRecord, RecordChange, RecordStore } from './record-store.ts'
export { presentAttachment } from './routes.ts'
export { WITHOUT_TERRITORY } from './sight.ts'
