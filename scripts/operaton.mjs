#!/usr/bin/env node
// npm run test:operaton: the engine contract and what else ends in .operaton.ts, on a real Operaton.
import { spawn } from 'node:child_process'
import { join } from 'node:path'
import { root } from './install.mjs'
import { startOperaton } from './operaton-server.mjs'

const server = await startOperaton()
const jest = spawn(
  process.execPath,
  [
    '--experimental-vm-modules',
    '--disable-warning=ExperimentalWarning',
    join(root, 'node_modules/jest/bin/jest.js'),
    '--testMatch',
    '**/*.operaton.ts',
    '--runInBand',
    ...process.argv.slice(2),
  ],
  {
    cwd: root,
    stdio: 'inherit',
    env: { ...process.env, OPERATON_URL: server.url, OPERATON_CLOCK_URL: server.clockUrl },
  },
)
const code = await new Promise((done) => jest.once('exit', done))
await server.stop()
process.exit(code ?? 1)
