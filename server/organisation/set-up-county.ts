import type { Database } from '../../database/database.ts'
import { type CountyPlan, placeId } from './county-plan.ts'
import { positionTitle } from './positions.ts'
import type { Register } from './register.ts'

/** An account that was made, with the only copy of its password. */
export interface IssuedAccount {
  readonly countyCode: string
  readonly countyName: string
  readonly account: string
  readonly password: string
  readonly personName: string
  readonly post: string
}

export interface SetUpDeps {
  readonly database: Database
  readonly organisation: { readonly register: Register }
  readonly createAccount: (account: { countyCode: string; personId: string; name: string; mustChangePassword: boolean }) => Promise<string>
}

/** Enters a county, its people without accounts; they hold their posts since `since`. Answers the person's id by alias. */
export async function enterCounty(
  { database, organisation: { register } }: Pick<SetUpDeps, 'database' | 'organisation'>,
  plan: CountyPlan,
  since: number,
): Promise<ReadonlyMap<string, string>> {
  const enterpriseAliases = new Set(plan.enterprises.map((it) => it.alias))
  return database.transaction(async () => {
    await register.addCounty({ code: plan.code, name: plan.name, shortName: plan.shortName, timeZone: 'Asia/Shanghai' })
    for (const [sortOrder, unit] of plan.units.entries())
      await register.addUnit({
        id: placeId(plan.code, unit.alias),
        countyCode: plan.code,
        parentUnitId: unit.parent ? placeId(plan.code, unit.parent) : null,
        kind: unit.kind,
        name: unit.name,
        shortName: unit.shortName,
        sortOrder,
      })
    for (const it of plan.enterprises)
      await register.addEnterprise({
        id: placeId(plan.code, it.alias),
        countyCode: plan.code,
        townId: placeId(plan.code, it.town),
        code: it.alias,
        name: it.name,
        industry: it.industry,
        address: it.address,
        groupName: it.group ?? null,
      })
    const personIdByAlias = new Map<string, string>()
    for (const { alias, name, email, phone, posts } of plan.people) {
      const personId = await register.addPerson({ countyCode: plan.code, name, ...(email && { email }), ...(phone && { phone }) })
      personIdByAlias.set(alias, personId)
      for (const [position, at] of posts) {
        const place = enterpriseAliases.has(at) ? { enterpriseId: placeId(plan.code, at) } : { unitId: placeId(plan.code, at) }
        await register.appoint({ countyCode: plan.code, personId, position, fromAt: since, ...place })
      }
    }
    return personIdByAlias
  })
}

/** Enters a county and makes an account with an invented password for everybody: all of it or nothing. */
export function setUpWithAccounts(
  deps: SetUpDeps,
  plan: CountyPlan,
  { since, mustChangePassword }: { since: number; mustChangePassword: boolean },
): Promise<readonly IssuedAccount[]> {
  return deps.database.transaction(async () => {
    const issued: IssuedAccount[] = []
    const personIdByAlias = await enterCounty(deps, plan, since)
    const nameByAlias = new Map([...plan.units, ...plan.enterprises].map((it) => [it.alias, it.name]))
    for (const person of plan.people) {
      const personId = personIdByAlias.get(person.alias) ?? ''
      const password = await deps.createAccount({ countyCode: plan.code, personId, name: person.alias, mustChangePassword })
      const post = person.posts.map(([position, at]) => `${nameByAlias.get(at) ?? ''} ${positionTitle(position)}`).join('、')
      issued.push({ countyCode: plan.code, countyName: plan.name, account: person.alias, password, personName: person.name, post })
    }
    return issued
  })
}
