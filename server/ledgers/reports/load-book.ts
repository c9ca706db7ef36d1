import type { Database } from '../../../database/database.ts'
import { Refusal } from '../../http/problem.ts'
import type { Clock, Organisation } from '../../organisation/index.ts'
import { campaigns } from '../campaign.ts'
import { factsOfCampaign } from '../fact-store.ts'
import { ReportBook } from './report-book.ts'
import { type ReportDefinition, reportsOf } from './report-definition.ts'
import { readReportEntries } from './report-store.ts'

export interface LoadedReport {
  readonly definition: ReportDefinition
  readonly book: ReportBook
  readonly countyName: string
  readonly towns: readonly { readonly id: string; readonly name: string }[]
}

/** Reads a report with its facts, snapshots and settings as of now. Inside a transaction it reads what that has written. */
export async function loadReport(
  { database, organisation, clock }: { database: Database; organisation: Organisation; clock: Clock },
  countyCode: string,
  reportId: string,
): Promise<LoadedReport> {
  const definition = reportsOf(countyCode).find((report) => report.id === reportId)
  const campaign = campaigns().find((one) => one.id === definition?.campaignId && one.countyCode === countyCode)
  if (!definition || !campaign) throw new Refusal('not-found')
  const now = clock.now()
  const county = await organisation.places.county(countyCode)
  const towns = await organisation.places.towns(countyCode)
  const countedLayers = await organisation.settings.get(countyCode, 'report.countedLayers')
  const facts = await factsOfCampaign(database, countyCode, campaign.id, now)
  const entries = await readReportEntries(database, countyCode, reportId)
  const book = new ReportBook({
    definition,
    campaign: { ...campaign, countedLayers },
    facts,
    entries,
    townIds: towns.map((town) => town.id),
    now,
  })
  return { definition, book, countyName: county?.name ?? countyCode, towns: towns.map(({ id, name }) => ({ id, name })) }
}
