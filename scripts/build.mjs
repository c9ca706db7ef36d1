// Builds the site into dist/web when a source is newer than the last build.
import { spawnSync } from 'node:child_process'
import { existsSync, readdirSync, statSync } from 'node:fs'
import { join } from 'node:path'
import { root } from './install.mjs'

const sources = ['web', 'designer', 'contracts', 'engine/core', 'engine/bpmn', 'index.html', 'vite.config.ts', 'package-lock.json']

function newest(path) {
  const full = join(root, path)
  if (!existsSync(full)) return 0
  const stat = statSync(full)
  if (!stat.isDirectory()) return stat.mtimeMs
  return Math.max(stat.mtimeMs, ...readdirSync(full).map((name) => newest(join(path, name))))
}

export function ensureSite() {
  const page = join(root, 'dist/web/index.html')
  if (existsSync(page) && statSync(page).mtimeMs >= Math.max(...sources.map(newest))) return
  console.log('Building the site …')
  const built = spawnSync(process.execPath, [join(root, 'node_modules/vite/bin/vite.js'), 'build', '--logLevel', 'error'], {
    cwd: root,
    stdio: 'inherit',
    // A test's own environment would bring React's development code, a third more.
    env: { ...process.env, NODE_ENV: 'production' },
  })
  if (built.status !== 0) throw new Error('the site could not be built')
}
