import type { Database } from '../../../database/database.ts'
import type { Organisation } from '../index.ts'
import { positionTitle } from '../positions.ts'
import { type CountyPlan, placeId } from './county-plan.ts'

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
  readonly organisation: Organisation
  readonly createAccount: (account: { countyCode: string; personId: string; name: string; mustChangePassword: boolean }) => Promise<string>
}

/** When everybody of the demonstration took office: before its history begins. 2023-01-01 in the county. */
const IN_OFFICE_SINCE = Date.UTC(2022, 11, 31, 16)

/** Enters a county of the demonstration, its people without accounts. Answers the person's id by alias. */
export async function setUpCounty(
  deps: Pick<SetUpDeps, 'database' | 'organisation'>,
  plan: CountyPlan,
): Promise<ReadonlyMap<string, string>> {
  const { register } = deps.organisation
  const enterpriseAliases = new Set(plan.enterprises.map((it) => it.alias))
  return deps.database.transaction(async () => {
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
    for (const person of plan.people) {
      const personId = await register.addPerson({ countyCode: plan.code, name: person.name, email: `${person.alias}@${plan.code}.example` })
      personIdByAlias.set(person.alias, personId)
      for (const [position, at] of person.posts) {
        const place = enterpriseAliases.has(at) ? { enterpriseId: placeId(plan.code, at) } : { unitId: placeId(plan.code, at) }
        await register.appoint({ countyCode: plan.code, personId, position, fromAt: IN_OFFICE_SINCE, ...place })
      }
    }
    return personIdByAlias
  })
}

/**
 * Enters the counties and makes an account with an invented password for everybody: all of a county or nothing.
 */
export async function setUpDemonstration(deps: SetUpDeps, plans: readonly CountyPlan[]): Promise<readonly IssuedAccount[]> {
  const issued: IssuedAccount[] = []
  for (const plan of plans) issued.push(...(await deps.database.transaction(() => setUpWithAccounts(deps, plan))))
  return issued
}

async function setUpWithAccounts(deps: SetUpDeps, plan: CountyPlan): Promise<readonly IssuedAccount[]> {
  const issued: IssuedAccount[] = []
  const personIdByAlias = await setUpCounty(deps, plan)
  const nameByAlias = new Map([...plan.units, ...plan.enterprises].map((it) => [it.alias, it.name]))
  for (const person of plan.people) {
    const personId = personIdByAlias.get(person.alias) ?? ''
    const password = await deps.createAccount({ countyCode: plan.code, personId, name: person.alias, mustChangePassword: false })
    const post = person.posts.map(([position, at]) => `${nameByAlias.get(at) ?? ''} ${positionTitle(position)}`).join('、')
    issued.push({ countyCode: plan.code, countyName: plan.name, account: person.alias, password, personName: person.name, post })
  }
  return issued
}
