import { mkdirSync } from 'node:fs'
import { join } from 'node:path'
import { parseArgs } from 'node:util'
import { migrate } from '../database/migrate.ts'
import { openDatabase } from '../database/open-database.ts'
import { parseGrant } from '../engine/index.ts'
import { migrations } from '../migrations/index.ts'
import { readConfig } from '../server/config.ts'
import { makeMachineAccounts, WORKER_RIGHTS } from '../server/identity/machine-accounts.ts'
import { uuidV7 } from '../server/new-id.ts'
import { systemClock } from '../server/organisation/clock.ts'

// npm run machine-account -- NAME [--county CODE]… [--grant PERMISSIONS:RESOURCE[:ID]]… [--group ID]… [--admin] | --list | --remove NAME
// Accounts of programs that call /engine-rest, in the database that DATABASE_URL or DATA_DIR name. The token is printed once.
// Without --county of every county; without --grant what a worker needs.
const { values: flags, positionals } = parseArgs({
  allowPositionals: true,
  options: {
    county: { type: 'string', multiple: true },
    grant: { type: 'string', multiple: true },
    group: { type: 'string', multiple: true },
    admin: { type: 'boolean', default: false },
    list: { type: 'boolean', default: false },
    remove: { type: 'string' },
  },
})
const config = readConfig(process.env, join(import.meta.dirname, '..'))
mkdirSync(config.dataDir, { recursive: true, mode: 0o700 })
const database = await openDatabase(config.databaseUrl)
await migrate(database, migrations, systemClock.now())
const accounts = makeMachineAccounts({ database, machine: systemClock, newId: uuidV7 })
const [name] = positionals
try {
  if (flags.remove !== undefined) await accounts.remove(flags.remove)
  else if (flags.list) for (const { id, tenants } of await accounts.list()) console.log(`${id}\t${tenants}`)
  else if (name === undefined) throw new Error('which name? npm run machine-account -- NAME [--county CODE] [--grant …] [--admin]')
  else {
    const token = await accounts.issue(name, {
      groups: flags.group ?? [],
      tenants: flags.county ?? 'all',
      grants: flags.grant?.map(parseGrant) ?? WORKER_RIGHTS.grants,
      isAdmin: flags.admin,
    })
    console.log(`${name} ${token}`)
  }
} catch (error) {
  console.error(error instanceof Error ? error.message : String(error))
  process.exitCode = 2
} finally {
  await database.close()
}
