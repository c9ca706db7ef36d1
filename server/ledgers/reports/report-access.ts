import { Refusal } from '../../http/problem.ts'
import type { Actor } from '../../identity/actor.ts'
import type { Organisation } from '../../organisation/index.ts'

/** Whose reports somebody may open: the county's people all of them, a town's people their town's. */
export interface ReportSight {
  readonly isCounty: boolean
  readonly townIds: ReadonlySet<string>
}

export async function reportSightOf(organisation: Organisation, actor: Actor): Promise<ReportSight> {
  const holdings = (await organisation.people.holdingsOf(actor.countyCode, actor.personId)).filter(
    (holding) => holding.enterpriseId === null,
  )
  return {
    isCounty: holdings.some((holding) => holding.townId === null),
    townIds: new Set(holdings.flatMap((holding) => holding.townId ?? [])),
  }
}

/** The unit that was asked for, or the first that the actor may see. What he may not see is not found. */
export function visibleUnit(sight: ReportSight, countyCode: string, townIds: readonly string[], asked: string | undefined): string {
  const visible = [...(sight.isCounty ? [countyCode] : []), ...townIds.filter((townId) => sight.isCounty || sight.townIds.has(townId))]
  const unit = asked === undefined || asked === '' ? visible[0] : visible.find((id) => id === asked)
  if (unit === undefined) throw new Refusal('not-found')
  return unit
}
