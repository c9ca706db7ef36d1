import type { PositionKey } from './positions.ts'

export interface CountyInfo {
  /** Six digits of the administrative code; the tenant id everywhere. */
  readonly code: string
  readonly name: string
  readonly shortName: string
  readonly timeZone: string
}

export const UNIT_KINDS = ['GOVERNMENT', 'BUREAU', 'SECTION', 'CAMPAIGN_OFFICE', 'TOWN', 'TOWN_CENTER', 'EXPERTS'] as const
export type UnitKind = (typeof UNIT_KINDS)[number]

/** An organ of the county or of a town; a town is a unit of kind TOWN. */
export interface Unit {
  readonly id: string
  readonly countyCode: string
  readonly parentUnitId: string | null
  readonly kind: UnitKind
  readonly name: string
  readonly shortName: string
  readonly sortOrder: number
}

export interface Enterprise {
  readonly id: string
  readonly countyCode: string
  readonly townId: string
  readonly code: string
  readonly name: string
  /** As NCM.OPEN_PIT, NCM.UNDERGROUND, NCM.TAILINGS. */
  readonly industry: string
  readonly address: string
  readonly groupName: string | null
  readonly state: 'ACTIVE' | 'CLOSED'
}

export interface Person {
  readonly id: string
  readonly countyCode: string
  readonly name: string
  readonly phone: string | null
  readonly email: string | null
}

/** A person at a post. `unitId` or `enterpriseId` says where; `townId` is that of the unit (or its parent) or of the enterprise. */
export interface Holding {
  readonly id: string
  readonly personId: string
  readonly personName: string
  readonly position: PositionKey
  readonly unitId: string | null
  readonly enterpriseId: string | null
  readonly townId: string | null
  /** Name of the unit or enterprise. */
  readonly placeName: string
}

export const INDUSTRIES = {
  'NCM.OPEN_PIT': '非煤矿山·露天',
  'NCM.UNDERGROUND': '非煤矿山·地下',
  'NCM.TAILINGS': '非煤矿山·尾矿库',
} as const

export function industryTitle(code: string): string {
  return code in INDUSTRIES ? INDUSTRIES[code as keyof typeof INDUSTRIES] : code
}
