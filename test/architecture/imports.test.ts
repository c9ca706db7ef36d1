import { spawnSync } from 'node:child_process'
import { cpSync, mkdirSync, mkdtempSync, rmSync, symlinkSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { dirname, join } from 'node:path'
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals'

/** A planted file, what it must not do, and the rule that has to say so. */
const planted = [
  { file: 'engine/core/a.ts', source: `import { readFileSync } from 'node:fs'\nexport const a = readFileSync`, rule: 'core-node' },
  { file: 'engine/core/b.ts', source: `import { z } from 'zod'\nexport const b = z`, rule: 'core-npm' },
  { file: 'engine/core/c.ts', source: `import { r } from '../runtime/r.ts'\nexport const c = r`, rule: 'core-internal' },
  { file: 'engine/bpmn/a.ts', source: `import { r } from '../runtime/r.ts'\nexport const a = r`, rule: 'bpmn-internal' },
  { file: 'engine/runtime/store-user.ts', source: `import { s } from '../store/s.ts'\nexport const a = s`, rule: 'runtime-internal' },
  { file: 'server/forms/a.ts', source: `import { r } from '../../engine/runtime/r.ts'\nexport const a = r`, rule: 'core-only-by-index' },
  {
    file: 'server/forms/b.ts',
    source: `import { inner } from '../records/inner.ts'\nexport const b = inner`,
    rule: 'feature-only-by-index',
  },
  { file: 'contracts/a.ts', source: `import { r } from '../engine/runtime/r.ts'\nexport const a = r`, rule: 'contracts-internal' },
  { file: 'web/a.ts', source: `import { inner } from '../server/records/inner.ts'\nexport const a = inner`, rule: 'web-internal' },
  {
    file: 'web/b.ts',
    source: `import { field } from '../designer/form-runtime/field.ts'\nexport const b = field`,
    rule: 'form-runtime-only-by-index',
  },
  {
    file: 'designer/form-runtime/router.ts',
    source: `import { Link } from 'react-router'\nexport const a = Link`,
    rule: 'formRuntime-npm',
  },
  { file: 'workers/a.ts', source: `import { inner } from '../server/records/inner.ts'\nexport const a = inner`, rule: 'workers-internal' },
  {
    file: 'migrations/a.ts',
    source: `import { inner } from '../server/records/inner.ts'\nexport const a = inner`,
    rule: 'migrations-internal',
  },
]

const lawful = [
  { file: 'engine/core/loop-a.ts', source: `import { b } from './loop-b.ts'\nexport const a: number = b` },
  { file: 'engine/core/type-a.ts', source: `import type { B } from './type-b.ts'\nexport interface A { b: B }` },
  { file: 'engine/core/type-b.ts', source: `import type { A } from './type-a.ts'\nexport interface B { a: A }` },
  { file: 'engine/core/loop-b.ts', source: `import { a } from './loop-a.ts'\nexport const b: number = a` },
  { file: 'engine/runtime/r.ts', source: `import { readFileSync } from 'node:fs'\nexport const r = readFileSync` },
  { file: 'engine/store/s.ts', source: `import { r } from '../runtime/r.ts'\nexport const s = r` },
  { file: 'server/records/inner.ts', source: 'export const inner = 1' },
  { file: 'designer/form-runtime/field.ts', source: 'export const field = 1' },
]

interface Violation {
  from: string
  rule: { name: string }
}

describe('import table', () => {
  const root = join(import.meta.dirname, '../..')
  const place = mkdtempSync(join(tmpdir(), 'bihuan-imports-'))
  let violations: Violation[] = []
  let cycles: { status: number | null; stdout: string } = { status: null, stdout: '' }

  beforeAll(() => {
    for (const { file, source } of [...planted, ...lawful]) {
      mkdirSync(dirname(join(place, file)), { recursive: true })
      writeFileSync(join(place, file), `${source}\n`)
    }
    for (const name of ['.dependency-cruiser.cjs', 'tsconfig.json', 'package.json']) cpSync(join(root, name), join(place, name))
    symlinkSync(join(root, 'node_modules'), join(place, 'node_modules'))
    const folders = ['contracts', 'engine', 'server', 'workers', 'designer', 'web', 'migrations']
    const command = [
      join(root, 'node_modules/dependency-cruiser/bin/dependency-cruise.mjs'),
      '--config',
      '.dependency-cruiser.cjs',
      '--output-type',
      'json',
    ]
    const run = spawnSync(process.execPath, [...command, ...folders], { cwd: place, encoding: 'utf8', maxBuffer: 64 * 1024 * 1024 })
    violations = JSON.parse(run.stdout).summary.violations
    cycles = spawnSync(process.execPath, [join(root, 'scripts/check-cycles.mjs'), ...folders], { cwd: place, encoding: 'utf8' })
  })

  afterAll(() => rmSync(place, { recursive: true, force: true }))

  it.each(planted)('catches $rule when $file breaks it', ({ file, rule }) => {
    const caught = violations.filter((violation) => violation.from === file).map((violation) => violation.rule.name)

    expect(caught).toContain(rule)
  })

  it('catches a cycle of values and no cycle of types', () => {
    expect(cycles.status).not.toBe(0)
    expect(cycles.stdout).toContain('loop-a.ts')
    expect(cycles.stdout).not.toContain('type-a.ts')
  })

  it('says nothing when a layer imports what the table allows', () => {
    const accused = violations.filter((violation) =>
      ['engine/store/s.ts', 'engine/runtime/r.ts', 'server/records/inner.ts'].includes(violation.from),
    )

    expect(accused).toEqual([])
  })
})
