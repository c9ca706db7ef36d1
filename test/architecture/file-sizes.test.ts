import { execFileSync } from 'node:child_process'
import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, it } from '@jest/globals'

const root = join(import.meta.dirname, '../..')
const code = execFileSync(
  'git',
  [
    'ls-files',
    '--cached',
    '--others',
    '--exclude-standard',
    'contracts',
    'database',
    'engine',
    'server',
    'workers',
    'designer',
    'web',
    'migrations',
  ],
  { cwd: root, encoding: 'utf8' },
)
  .split('\n')
  .filter((file) => /\.tsx?$/.test(file) && !/\.(test|d)\.tsx?$/.test(file))
const linesOf = (file: string) => readFileSync(join(root, file), 'utf8').split('\n').length

/** Tables, not logic: a list that would only be harder to read in pieces. */
const tables = [/migrations\/.*-tables\.ts$/, /words\/(zh-CN|en-US)\.ts$/]

describe('file sizes', () => {
  it('stay under 500 lines when a file is no table', () => {
    const long = code.filter((file) => !tables.some((table) => table.test(file)) && linesOf(file) > 500)

    expect(long).toEqual([])
  })

  it('have a median of at most 150 lines', () => {
    const sizes = code.map(linesOf).sort((a, b) => a - b)

    expect(sizes[Math.floor(sizes.length / 2)]).toBeLessThanOrEqual(150)
  })
})
