import { engineValue } from '../engine-values.ts'
import type { Effect } from './effect.ts'

/** The notice is drafted (again): a record of its own holds the listing from its first draft to its lifting. */
export const draftListing: Effect = async (scope, { organisation, records }) => {
  const { form, record, changes, countyCode, actor, nodeId } = scope
  const delist = await organisation.settings.get(countyCode, 'delist')
  const isGovernment = form['listingLevel'] === 'COUNTY_GOV' || (form['listingLevel'] === undefined && suggestsGovernment(record.data))
  const listingLevel = isGovernment ? 'COUNTY_GOV' : 'COUNTY_BUREAU'
  const county = await organisation.places.county(countyCode)
  const listingOrg = isGovernment ? `${county?.name ?? ''}人民政府` : `${county?.name ?? ''}应急管理局`
  // Whoever lists lifts: a listing of the county's government is not lifted by the bureau's closing (B17).
  const own = {
    ...sectionOf(form),
    listingLevel,
    listingOrg,
    delist: isGovernment ? 'OWN_APPROVAL' : delist,
    hazardNo: record.number,
    dueDate: form['dueDate'] ?? record.data['dueDate'],
    batchNo: form['batchNo'] ?? 1,
  }
  const [known] = scope.listingIds()
  if (known) changes.merge(known, own)
  else {
    const listing = await records.store.create({
      countyCode,
      number: await records.numbers.next(countyCode, 'listing'),
      kind: 'listing',
      title: `挂牌督办：${record.title}`,
      status: 'DRAFT',
      side: 'authority',
      level: 'MAJOR',
      enterpriseId: record.enterpriseId,
      townId: record.townId,
      campaignId: record.campaignId,
      dueAt: record.dueAt,
      data: own,
      createdBy: actor.personId,
      nodeId,
    })
    await records.trail.link(record.id, listing.id, 'listed')
    scope.addRelated('listing', changes.load(listing))
  }
  return { listingLevel: engineValue(listingLevel), delistOwn: engineValue(own.delist === 'OWN_APPROVAL') }
}

const KEYS = ['listingNo', 'listingOrgId', 'leaderId', 'officerId', 'requirement', 'publish', 'publishUrl'] as const

function sectionOf(form: Readonly<Record<string, unknown>>): Record<string, unknown> {
  return Object.fromEntries(KEYS.filter((key) => form[key] !== undefined).map((key) => [key, form[key]]))
}

function suggestsGovernment(data: Readonly<Record<string, unknown>>): boolean {
  const report = data['report'] as { exposedPeople?: unknown } | undefined
  return data['suggestLister'] === 'COUNTY_GOV' || Number(report?.exposedPeople ?? 0) >= 10
}

/** What waits for the closing learns here that it has already happened. */
export const tellClosed: Effect = async ({ record }) => ({ hazardClosed: engineValue(record.status === 'CLOSED') })

/** Closing: on time is by completion, not by closing (B13); the number of a notice that never went out is void. */
export const closeHazard: Effect = async ({ record, changes, countyCode, listingIds }, { records }) => {
  if (record.data['onTime'] === undefined) changes.set(record.id, 'onTime', true)
  for (const id of listingIds()) {
    const listing = changes.get(id)
    if (listing.status === 'DRAFT' && listing.data['listingNo'] !== undefined)
      await records.numbers.voidDocument(countyCode, 'listing', record.number, '隐患已销号，通知书未下达')
  }
  return {}
}
