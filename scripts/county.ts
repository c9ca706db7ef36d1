import { mkdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { parseArgs } from 'node:util'
import { migrate } from '../database/migrate.ts'
import { openDatabase } from '../database/open-database.ts'
import { migrations } from '../migrations/index.ts'
import { readConfig } from '../server/config.ts'
import { accountsTable, writeSecret } from '../server/first-run.ts'
import { makeAccounts } from '../server/identity/accounts.ts'
import { uuidV7 } from '../server/new-id.ts'
import { countyPlan, makeOrganisation, setUpWithAccounts, systemClock } from '../server/organisation/index.ts'

// npm run county -- PLAN.json [--check]
// Enters a county with its units, enterprises, people and accounts, in the database that DATABASE_URL or DATA_DIR name: all or nothing.
// The passwords are printed once, kept in accounts-CODE.txt of the data directory, and must be changed at the first login.
const { values: flags, positionals } = parseArgs({ allowPositionals: true, options: { check: { type: 'boolean', default: false } } })
const [file] = positionals
if (file === undefined) fail(['which plan? npm run county -- PLAN.json [--check]'])
const read = countyPlan.safeParse(parsed(file))
if (!read.success) fail(read.error.issues.map((issue) => `${issue.path.join('.')}: ${issue.message}`))
const plan = read.data
if (flags.check) {
  console.log(`${plan.name}: ${plan.units.length} units, ${plan.enterprises.length} enterprises, ${plan.people.length} people`)
  process.exit(0)
}

const config = readConfig(process.env, join(import.meta.dirname, '..'))
mkdirSync(config.dataDir, { recursive: true, mode: 0o700 })
const database = await openDatabase(config.databaseUrl)
await migrate(database, migrations, systemClock.now())
const organisation = makeOrganisation({ database, clock: systemClock, newId: uuidV7 })
const accounts = makeAccounts({ database, machine: systemClock, newId: uuidV7 })
const isThere = (await organisation.places.counties()).some((county) => county.code === plan.code)
if (isThere) {
  await database.close()
  fail([`${plan.name} (${plan.code}) is there already; nothing was changed`])
}
const issued = await setUpWithAccounts({ database, organisation, createAccount: accounts.create }, plan, {
  since: systemClock.now(),
  mustChangePassword: true,
})
await database.close()
const path = join(config.dataDir, `accounts-${plan.code}.txt`)
await writeSecret(path, accountsTable(issued))
console.log(accountsTable(issued))
console.log(`Kept in ${path}. Everybody chooses a password of his own at the first login. Restart the server: it installs the procedures.`)

function parsed(path: string): unknown {
  try {
    return JSON.parse(readFileSync(path, 'utf8'))
  } catch (error) {
    return fail([`${path}: ${error instanceof Error ? error.message : String(error)}`])
  }
}

function fail(lines: readonly string[]): never {
  for (const line of lines) console.error(line)
  process.exit(2)
}
