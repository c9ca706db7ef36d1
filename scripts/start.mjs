#!/usr/bin/env node
// npm start: everything from an empty checkout to a running site. See README.md.
import { spawn } from 'node:child_process'
import { join } from 'node:path'
import { ensureSite } from './build.mjs'
import { ensurePackages, root } from './install.mjs'

try {
  ensurePackages()
  ensureSite()
} catch (error) {
  console.error(error.message)
  process.exit(1)
}

const server = spawn(process.execPath, ['--import', 'tsx', join(root, 'server/main.ts'), ...process.argv.slice(2)], {
  cwd: root,
  stdio: 'inherit',
})
for (const signal of ['SIGINT', 'SIGTERM']) process.on(signal, () => server.kill(signal))
server.on('exit', (code) => process.exit(code ?? 0))
