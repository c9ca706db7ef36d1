import { readdirSync, readFileSync } from 'node:fs'
import { z } from 'zod'
import { dayStart, nextDay } from '../organisation/index.ts'

const day = z.string().regex(/^\d{4}-\d\d-\d\d$/)

const campaignFile = z.array(
  z.object({
    id: z.string(),
    countyCode: z.string(),
    title: z.string(),
    /** Prefixes of industry codes: `NCM` covers `NCM.OPEN_PIT`. */
    industries: z.array(z.string()).min(1),
    industryTitle: z.string(),
    from: day,
    to: day,
    /** The last days of the report periods, in order; each period's id is its cut-off. */
    cutOffs: z.array(day).min(1),
    /** Layers of an enterprise's own checks that count as 排查企业 (setting `report.countedLayers`). */
    countedLayers: z.array(z.string()),
    /** Sources of authority checks that count. */
    countedSources: z.array(z.string()),
  }),
)
export type Campaign = z.infer<typeof campaignFile>[number]

const folder = new URL('./campaigns/', import.meta.url)

let loaded: readonly Campaign[] | null = null

/** The campaigns of all counties, as shipped in `campaigns/<county>.json`. */
export function campaigns(): readonly Campaign[] {
  loaded ??= readdirSync(folder)
    .filter((name) => name.endsWith('.json'))
    .sort()
    .flatMap((name) => campaignFile.parse(JSON.parse(readFileSync(new URL(name, folder), 'utf8'))))
  return loaded
}

/**
 * The campaign of a hazard: its industry lies in the campaign's list and its discovery in the window. Set by the server when a
 * hazard is registered and kept in its record; nobody types it. Events without an industry (a supervision group) go by the window.
 */
export function campaignFor(hazard: { countyCode: string; industry: string | null; foundAt: number }): string | null {
  const found = campaigns().find(
    (campaign) =>
      campaign.countyCode === hazard.countyCode &&
      (hazard.industry === null || coversIndustry(campaign, hazard.industry)) &&
      hazard.foundAt >= dayStart(campaign.from) &&
      hazard.foundAt < dayStart(nextDay(campaign.to)),
  )
  return found?.id ?? null
}

/** Whether the industry code is one of the campaign's, or below one of them. */
export function coversIndustry(campaign: Campaign, industry: string): boolean {
  return campaign.industries.some((prefix) => industry === prefix || industry.startsWith(`${prefix}.`))
}
