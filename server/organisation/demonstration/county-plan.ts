import type { UnitKind } from '../model.ts'
import type { PositionKey } from '../positions.ts'

/** A county of the demonstration as data: everybody is invented, the structure is that of procedures.md §4. */
export interface CountyPlan {
  readonly code: string
  readonly name: string
  readonly shortName: string
  readonly units: readonly UnitPlan[]
  readonly enterprises: readonly EnterprisePlan[]
  readonly people: readonly PersonPlan[]
}

export interface UnitPlan {
  /** Alias within the county; the unit's id is `{code}-{alias}`. */
  readonly alias: string
  readonly kind: UnitKind
  readonly name: string
  readonly shortName: string
  readonly parent?: string
}

export interface EnterprisePlan {
  readonly alias: string
  readonly town: string
  readonly name: string
  readonly industry: string
  readonly address: string
  readonly group?: string
}

export interface PersonPlan {
  /** The account's name, and how scenarios call this person: `E05.safety`, `county.vice`. */
  readonly alias: string
  readonly name: string
  /** Position and the alias of the unit or enterprise where it is held. */
  readonly posts: readonly (readonly [PositionKey, string])[]
}

/** Id of a unit or enterprise of the demonstration by its alias. */
export const placeId = (countyCode: string, alias: string): string => `${countyCode}-${alias}`
