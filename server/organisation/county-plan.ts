import { z } from 'zod'
import { UNIT_KINDS } from './model.ts'
import { POSITIONS, type PositionKey } from './positions.ts'

const alias = z.string().regex(/^[A-Za-z0-9][A-Za-z0-9._-]{0,39}$/, 'letters, digits, dot, dash and underscore, at most 40')
const words = z.string().trim().min(1).max(100)
const position = z.enum(Object.keys(POSITIONS) as [PositionKey, ...PositionKey[]])

const unitPlan = z.strictObject({
  /** Alias within the county; the unit's id is `{code}-{alias}`. */
  alias,
  kind: z.enum(UNIT_KINDS),
  name: words,
  shortName: words,
  parent: alias.optional(),
})

const enterprisePlan = z.strictObject({
  alias,
  town: alias,
  name: words,
  industry: z.string().regex(/^[A-Z][A-Z_.]{0,39}$/),
  address: words,
  group: words.optional(),
})

const personPlan = z.strictObject({
  /** The account's name: `E05.safety`, `county.vice`. */
  alias,
  name: words,
  email: z.email().optional(),
  phone: z
    .string()
    .regex(/^[0-9+ -]{5,20}$/)
    .optional(),
  /** Position and the alias of the unit or enterprise where it is held. */
  posts: z
    .array(z.tuple([position, alias]))
    .min(1)
    .readonly(),
})

/** A county as data: what an installation is begun with, and what the demonstration is made of. */
export const countyPlan = z
  .strictObject({
    code: z.string().regex(/^\d{6}$/, 'six digits of the administrative code'),
    name: words,
    shortName: words,
    units: z.array(unitPlan).min(1).readonly(),
    enterprises: z.array(enterprisePlan).readonly(),
    people: z.array(personPlan).min(1).readonly(),
  })
  .superRefine((plan, context) => {
    const complain = (path: (string | number)[], message: string) => context.addIssue({ code: 'custom', path, message })
    const towns = new Set(plan.units.filter((unit) => unit.kind === 'TOWN').map((unit) => unit.alias))
    const units = new Set(plan.units.map((unit) => unit.alias))
    const enterprises = new Set(plan.enterprises.map((one) => one.alias))
    const seen = new Set<string>()
    const once = (alias: string, path: (string | number)[]) => {
      if (seen.has(alias)) complain(path, `${alias} stands twice`)
      seen.add(alias)
    }
    for (const [index, unit] of plan.units.entries()) {
      once(unit.alias, ['units', index, 'alias'])
      const above = plan.units.slice(0, index).map((other) => other.alias)
      if (unit.parent && !above.includes(unit.parent)) complain(['units', index, 'parent'], `no unit ${unit.parent} stands above`)
    }
    for (const [index, enterprise] of plan.enterprises.entries()) {
      once(enterprise.alias, ['enterprises', index, 'alias'])
      if (!towns.has(enterprise.town)) complain(['enterprises', index, 'town'], `there is no town ${enterprise.town}`)
    }
    for (const [index, person] of plan.people.entries()) {
      once(`person ${person.alias}`, ['people', index, 'alias'])
      for (const [at, [key, place]] of person.posts.entries()) {
        const there = POSITIONS[key].scope === 'enterprise' ? enterprises : units
        if (!there.has(place)) complain(['people', index, 'posts', at], `${key} cannot be held at ${place}`)
      }
    }
    if (!plan.people.some((person) => person.posts.some(([key]) => key === 'PROCESS_ADMIN')))
      complain(['people'], 'somebody must be PROCESS_ADMIN')
  })

export type CountyPlan = z.infer<typeof countyPlan>
export type PersonPlan = CountyPlan['people'][number]

/** Id of a unit or enterprise of a plan by its alias. */
export const placeId = (countyCode: string, placeAlias: string): string => `${countyCode}-${placeAlias}`
