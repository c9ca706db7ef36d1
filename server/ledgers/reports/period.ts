import { dayStart, nextDay } from '../../organisation/index.ts'
import type { Campaign } from '../campaign.ts'

/** A report period; its id is its cut-off day. `to` is exclusive: 00:00 of the day after. */
export interface Period {
  readonly id: string
  readonly index: number
  /** epoch ms */
  readonly from: number
  readonly to: number
  readonly title: string
}

/** The instants whose facts a period of one unit counts: [from, to). */
export interface Interval {
  readonly from: number
  readonly to: number
}

/** The campaign's periods: from its start to the first cut-off, then from cut-off to cut-off. first-loop.md §1.4. */
export function periodsOf(campaign: Campaign): readonly Period[] {
  return campaign.cutOffs.map((cutOff, index) => {
    const earlier = campaign.cutOffs[index - 1]
    const first = earlier === undefined ? campaign.from : nextDay(earlier)
    return {
      id: cutOff,
      index,
      from: dayStart(first),
      to: dayStart(nextDay(cutOff)),
      title: `第 ${index + 1} 期 ${short(first)}—${short(cutOff)}`,
    }
  })
}

const short = (day: string) => day.slice(5).replace('-', '.')

/**
 * Which facts belong to the period of a unit: those of the first period whose end they had not passed and whose snapshot was
 * not yet frozen when they were committed. So a period begins where the one before was cut (its end, or its freeze when that
 * was earlier), and ends likewise: late events go to the next period and nothing is counted twice or never.
 * `frozenAt` is by period id.
 */
export function intervalOf(periods: readonly Period[], period: Period, frozenAt: ReadonlyMap<string, number>): Interval {
  const cut = (one: Period) => Math.min(one.to, frozenAt.get(one.id) ?? one.to)
  const earlier = periods[period.index - 1]
  return { from: earlier === undefined ? period.from : cut(earlier), to: cut(period) }
}

/** The period in which the instant lies; the first before the campaign, the last after it. */
export function periodAt(periods: readonly Period[], at: number): Period {
  return periods.find((period) => at < period.to) ?? periods[periods.length - 1]!
}
