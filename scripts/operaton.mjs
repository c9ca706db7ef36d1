#!/usr/bin/env node
// npm run test:operaton [-- --browser] [-- jest arguments]: what ends in .operaton.ts, on a real Operaton: the engine's contract, the
// random plays, the scenarios of the procedures. With --browser also the whole application, driven by the browser tests.
import { spawn } from 'node:child_process'
import { join } from 'node:path'
import { ensureChromium, root } from './install.mjs'
import { startOperaton } from './operaton-server.mjs'

const browser = process.argv.includes('--browser')
const rest = process.argv.slice(2).filter((arg) => arg !== '--browser')

async function onOperaton(args, envOf) {
  const server = await startOperaton()
  const jest = spawn(
    process.execPath,
    [
      '--experimental-vm-modules',
      '--disable-warning=ExperimentalWarning',
      join(root, 'node_modules/jest/bin/jest.js'),
      '--runInBand',
      ...args,
      ...rest,
    ],
    { cwd: root, stdio: 'inherit', env: { ...process.env, ...envOf(server) } },
  )
  const code = await new Promise((done) => jest.once('exit', done))
  await server.stop()
  return code ?? 1
}

const failed = await onOperaton(['--testMatch', '**/*.operaton.ts'], ({ url, clockUrl }) => ({
  OPERATON_URL: url,
  OPERATON_CLOCK_URL: clockUrl,
}))
if (!browser) process.exit(failed)
ensureChromium()
const failedInBrowser = await onOperaton(['e2e'], ({ url, clockUrl }) => ({ ENGINE_URL: url, ENGINE_CLOCK_URL: clockUrl }))
process.exit(failed || failedInBrowser)
