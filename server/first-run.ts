import { chmod, mkdir, writeFile } from 'node:fs/promises'
import { dirname, join } from 'node:path'
import type { Database } from '../database/database.ts'
import type { Application } from './compose.ts'
import { DEMONSTRATION_COUNTIES, setUpDemonstration } from './organisation/demonstration/index.ts'
import type { IssuedAccount } from './organisation/index.ts'

/**
 * Sets up the demonstration: counties, accounts, then their history by `seedHistory`. The passwords stand in `accounts.txt` of the data
 * directory. Where a first run was cut off, the counties that are there keep what they have and everybody gets a new password.
 */
export async function setUpFirstRun(
  database: Database,
  application: Application,
  dataDir: string,
  seedHistory: () => Promise<void>,
): Promise<readonly IssuedAccount[]> {
  const { organisation, identity } = application.features
  const present = new Set((await organisation.places.counties()).map((county) => county.code))
  const missing = DEMONSTRATION_COUNTIES.filter((plan) => !present.has(plan.code))
  const issued = [
    ...(await setUpDemonstration({ database, organisation, createAccount: identity.accounts.create }, missing)),
    ...(await renewPasswords(application, present)),
  ]
  await writeSecret(join(dataDir, 'accounts.txt'), accountsTable(issued))
  if (present.size === 0) await seedHistory()
  return issued
}

async function renewPasswords({ features }: Application, present: ReadonlySet<string>): Promise<readonly IssuedAccount[]> {
  const { accounts } = features.identity
  const renewed: IssuedAccount[] = []
  for (const plan of DEMONSTRATION_COUNTIES.filter((it) => present.has(it.code)))
    for (const person of plan.people) {
      const account = await accounts.byName(plan.code, person.alias)
      if (!account) continue
      const password = await accounts.resetPassword(account.id, false)
      renewed.push({ countyCode: plan.code, countyName: plan.name, account: account.name, password, personName: person.name, post: '' })
    }
  return renewed
}

/** A file that only the installation's own user reads. */
export async function writeSecret(path: string, text: string): Promise<void> {
  await mkdir(dirname(path), { recursive: true })
  await writeFile(path, text, { mode: 0o600 })
  await chmod(path, 0o600)
}

/** Accounts with their passwords, one line each, below the county that they belong to. */
export function accountsTable(issued: readonly IssuedAccount[]): string {
  const lines: string[] = []
  let county = ''
  for (const it of issued) {
    if (it.countyName !== county) lines.push('', `${it.countyName} (${it.countyCode})`)
    county = it.countyName
    lines.push(`  ${it.account.padEnd(16)} ${it.password}   ${it.personName}  ${it.post}`)
  }
  return `${lines.join('\n').trim()}\n`
}
