import type { CountyPlan } from '../county-plan.ts'
import { enterCounty, type IssuedAccount, type SetUpDeps, setUpWithAccounts } from '../set-up-county.ts'

/** When everybody of the demonstration took office: before its history begins. 2023-01-01 in the county. */
const IN_OFFICE_SINCE = Date.UTC(2022, 11, 31, 16)

/** Enters a county of the demonstration, its people without accounts. Answers the person's id by alias. */
export const setUpCounty = (deps: Pick<SetUpDeps, 'database' | 'organisation'>, plan: CountyPlan): Promise<ReadonlyMap<string, string>> =>
  enterCounty(deps, withMail(plan), IN_OFFICE_SINCE)

/** Enters the counties and makes an account with an invented password for everybody: all of a county or nothing. */
export async function setUpDemonstration(deps: SetUpDeps, plans: readonly CountyPlan[]): Promise<readonly IssuedAccount[]> {
  const issued: IssuedAccount[] = []
  for (const plan of plans)
    issued.push(...(await setUpWithAccounts(deps, withMail(plan), { since: IN_OFFICE_SINCE, mustChangePassword: false })))
  return issued
}

const withMail = (plan: CountyPlan): CountyPlan => ({
  ...plan,
  people: plan.people.map((person) => ({ ...person, email: `${person.alias}@${plan.code}.example` })),
})
