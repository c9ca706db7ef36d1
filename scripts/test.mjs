#!/usr/bin/env node
// npm test [-- jest arguments]: installs what is missing, starts a private MariaDB, builds the site, runs every test.
import { spawnSync } from 'node:child_process'
import { join } from 'node:path'
import { ensureSite } from './build.mjs'
import { ensureChromium, ensureMariadbServer, ensurePackages, root } from './install.mjs'

let url
try {
  ensurePackages()
  ensureMariadbServer()
  ensureChromium()
  ensureSite()
  const { ensureMariadb } = await import('./mariadb.mjs')
  url = await ensureMariadb()
} catch (error) {
  console.error(error.message)
  process.exit(1)
}

const done = spawnSync(
  process.execPath,
  [
    '--experimental-vm-modules',
    '--disable-warning=ExperimentalWarning',
    join(root, 'node_modules/jest/bin/jest.js'),
    ...process.argv.slice(2),
  ],
  {
    cwd: root,
    stdio: 'inherit',
    env: { ...process.env, TEST_MARIADB_URL: url },
  },
)
const { stopMariadb } = await import('./mariadb.mjs')
if (process.env.CI) stopMariadb()
process.exit(done.status ?? 1)
