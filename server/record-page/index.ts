import type { Diagram, TimelineStep } from '../../contracts/api/inbox.ts'
import { type RecordPage, recordPage } from '../../contracts/api/records.ts'
import { type Route, route } from '../http/route.ts'
import type { Actor } from '../identity/actor.ts'
import type { Organisation } from '../organisation/index.ts'
import { presentAttachment, type RecordRow, type Records, statusLabel } from '../records/index.ts'
import { headFacts } from './head-facts.ts'
import { fileIdsBelow } from './photos.ts'
import { stationsOf } from './stations.ts'

export interface RecordPageDeps {
  readonly records: Records
  readonly organisation: Organisation
  readonly timeline: (actor: Actor, record: RecordRow) => Promise<readonly TimelineStep[]>
  readonly diagrams: (record: RecordRow) => Promise<readonly Diagram[]>
  readonly forms: (actor: Actor, record: RecordRow) => Promise<RecordPage['forms']>
  /** Words of a clause of the criteria. */
  readonly criterionLabel: (countyCode: string, code: string) => Promise<string>
  readonly documents: (recordIds: readonly string[]) => Promise<readonly RecordPage['documents'][number][]>
}

/** One record for its whole life, put together from the features that know it; `not-found` for whoever may not see it. */
export interface RecordPages {
  read(actor: Actor, number: string): Promise<RecordPage>
  readonly routes: readonly Route[]
}

export function makeRecordPage(deps: RecordPageDeps): RecordPages {
  const { records, organisation } = deps

  async function read(actor: Actor, number: string): Promise<RecordPage> {
    const record = await records.store.see(actor, number)
    const linked = await linkedRecords(actor, record)
    const listing = linked.findLast((one) => one.kind === 'listing') ?? null
    const [facts, timeline, diagrams, forms, documents, finder] = await Promise.all([
      headFacts(organisation, record, listing, deps.criterionLabel),
      deps.timeline(actor, record),
      deps.diagrams(record),
      deps.forms(actor, record),
      deps.documents([record.id, ...linked.filter((one) => one.kind === 'listing').map((one) => one.id)]),
      finderOf(record),
    ])
    const waiting = timeline.filter((step) => step.kind === 'now').map((step) => step.personName || step.post)
    return {
      number: record.number,
      kind: record.kind,
      title: record.title,
      status: record.status,
      statusLabel: statusLabel(record.status),
      flags: [...record.flags],
      level: record.level,
      facts,
      stations: record.kind === 'hazard' ? [...stationsOf(record, listing, timeline, finder)] : [],
      forms,
      beforePhotos: await photos(record, ['beforePics']),
      afterPhotos: await photos(record, ['afterPics']),
      timeline: [...timeline],
      documents: documents.map(({ id, title, format, at }) => ({ id, title, format, at })),
      related: linked.map((one) => ({ number: one.number, kind: one.kind, title: one.title, statusLabel: statusLabel(one.status) })),
      diagrams: [...diagrams],
      dueAt: record.dueAt,
      waitingFor: waiting.length > 0 ? [...new Set(waiting)].join('、') : null,
    }
  }

  async function linkedRecords(actor: Actor, record: RecordRow): Promise<readonly RecordRow[]> {
    const links = await records.trail.linked(record.id)
    const rows = await Promise.all(
      links.map(async ({ recordId }) => ((await records.store.maySee(actor, recordId)) ? records.store.byId(recordId) : null)),
    )
    return rows.filter((row): row is RecordRow => row !== null)
  }

  async function finderOf({ countyCode, data, createdBy }: RecordRow): Promise<string> {
    const id = typeof data.foundBy === 'string' ? data.foundBy : createdBy
    return (await organisation.people.personById(countyCode, id))?.name ?? ''
  }

  async function photos(record: RecordRow, keys: readonly string[]): Promise<RecordPage['beforePhotos']> {
    const ids = fileIdsBelow(record.data, keys)
    const rows = new Map((await records.attachments.byIds(record.countyCode, ids)).map((row) => [row.id, row]))
    return ids.flatMap((id) => rows.get(id) ?? []).map(presentAttachment)
  }

  return {
    read,
    routes: [
      route({
        method: 'get',
        path: '/records/:number',
        summary: 'One record for its whole life',
        access: 'session',
        answer: recordPage,
        handle: ({ actor, params }) => read(actor, params.number ?? ''),
      }),
    ],
  }
}
