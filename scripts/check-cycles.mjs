#!/usr/bin/env node
// Cycles among values. Two types may well speak of each other, and dependency-cruiser cannot tell an import of a type from one
// of a value in TypeScript 7; so the types are taken away first, in a copy, and the copy is looked at.
//   node scripts/check-cycles.mjs [FOLDER…]      below the current directory; exit 1 when there is a cycle
import { spawnSync } from 'node:child_process'
import { existsSync, mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, symlinkSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { dirname, join } from 'node:path'
import { transformSync } from '@swc/core'
import { root } from './install.mjs'

const folders = process.argv.slice(2).filter((folder) => existsSync(folder))
const copy = mkdtempSync(join(tmpdir(), 'bihuan-cycles-'))

function withoutTypes(path) {
  const source = readFileSync(path, 'utf8')
  if (!/\.tsx?$/.test(path)) return source
  const parser = { syntax: 'typescript', tsx: path.endsWith('x') }
  return transformSync(source, {
    jsc: { parser, target: 'es2022', transform: { react: { runtime: 'automatic' } } },
    module: { type: 'es6' },
  }).code
}

function copyFolder(folder) {
  for (const entry of readdirSync(folder, { withFileTypes: true })) {
    const path = join(folder, entry.name)
    if (entry.isDirectory()) copyFolder(path)
    else if (/\.(tsx?|css|json)$/.test(entry.name) && !/\.(test|d)\.tsx?$/.test(entry.name)) {
      mkdirSync(dirname(join(copy, path)), { recursive: true })
      writeFileSync(join(copy, path), withoutTypes(path))
    }
  }
}

try {
  for (const folder of folders) copyFolder(folder)
  symlinkSync(join(root, 'node_modules'), join(copy, 'node_modules'))
  const rules = {
    forbidden: [{ name: 'no-cycle', severity: 'error', from: {}, to: { circular: true } }],
    options: { doNotFollow: { path: 'node_modules' } },
  }
  writeFileSync(join(copy, 'cycles.cjs'), `module.exports = ${JSON.stringify(rules)}`)
  const cruiser = join(root, 'node_modules/dependency-cruiser/bin/dependency-cruise.mjs')
  const run = spawnSync(process.execPath, [cruiser, '--config', 'cycles.cjs', ...folders], { cwd: copy, encoding: 'utf8' })
  process.stdout.write(run.stdout)
  process.stderr.write(run.stderr)
  process.exitCode = run.status ?? 1
} finally {
  rmSync(copy, { recursive: true, force: true })
}
