import { chmod, mkdir, writeFile } from 'node:fs/promises'
import { dirname, join } from 'node:path'
import type { Database } from '../database/database.ts'
import type { ProcessEngine } from '../engine/process-engine.ts'
import type { Application } from './compose.ts'
import { emptyDatabase } from './empty-database.ts'
import { DEMONSTRATION_COUNTIES, setUpDemonstration } from './organisation/demonstration/index.ts'
import type { IssuedAccount } from './organisation/index.ts'

const INSTALLATION = ''
const BEGUN = 'demonstration.set-up'
const DONE = 'done'

/** Whether the demonstration was set up to its end. */
export async function isSetUp(database: Database): Promise<boolean> {
  const rows = await database.query('select 1 as found from setting where county_id = ? and setting_key = ? and value = ?', [
    INSTALLATION,
    BEGUN,
    DONE,
  ])
  return rows.length > 0
}

/**
 * Sets up the demonstration: counties, accounts, then their history by `seedHistory`. The passwords stand in `accounts.txt` of the data
 * directory. A first run that was cut off begins anew; counties that are no demonstration's are never touched, nor are cases that run
 * on another server's engine: then it refuses.
 */
export async function setUpFirstRun(
  database: Database,
  application: Application,
  dataDir: string,
  seedHistory: () => Promise<void>,
): Promise<readonly IssuedAccount[]> {
  const { organisation, identity, engine } = application.features
  const [begun] = await database.query('select 1 as found from setting where county_id = ? and setting_key = ?', [INSTALLATION, BEGUN])
  if (begun) await emptyDatabase(database)
  else if ((await organisation.places.counties()).length > 0)
    throw new Error('this database holds counties that are no demonstration: start with DEMONSTRATION=off')
  await assertUnused(engine)
  await database.transaction((tx) =>
    tx.query('insert into setting (county_id, setting_key, value) values (?, ?, ?)', [INSTALLATION, BEGUN, 'begun']),
  )
  const issued = await setUpDemonstration({ database, organisation, createAccount: identity.accounts.create }, DEMONSTRATION_COUNTIES)
  await writeSecret(join(dataDir, 'accounts.txt'), accountsTable(issued))
  await seedHistory()
  await database.transaction((tx) =>
    tx.query('update setting set value = ? where county_id = ? and setting_key = ?', [DONE, INSTALLATION, BEGUN]),
  )
  return issued
}

/** Numbers begin at 1 again: cases of an earlier demonstration would be taken for those of this one. */
async function assertUnused(engine: ProcessEngine): Promise<void> {
  for (const { code } of DEMONSTRATION_COUNTIES) {
    const running = await engine.instances.list({ tenantId: code })
    if (running.length > 0)
      throw new Error(
        `cases of county ${code} run on this engine already: the demonstration needs an engine of its own, or the database that it had`,
      )
  }
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
