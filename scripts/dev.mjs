#!/usr/bin/env node
// npm run dev: the server restarts on change, the site is served by Vite and forwards /api to it.
import { spawn } from 'node:child_process'
import { join } from 'node:path'
import { ensurePackages, root } from './install.mjs'

ensurePackages()
const children = [
  spawn(process.execPath, [join(root, 'node_modules/tsx/dist/cli.mjs'), 'watch', 'server/main.ts'], { cwd: root, stdio: 'inherit' }),
  spawn(process.execPath, [join(root, 'node_modules/vite/bin/vite.js')], { cwd: root, stdio: 'inherit' }),
]
const stop = () => {
  for (const child of children) child.kill('SIGTERM')
}
for (const signal of ['SIGINT', 'SIGTERM']) process.on(signal, stop)
for (const child of children) child.on('exit', stop)
