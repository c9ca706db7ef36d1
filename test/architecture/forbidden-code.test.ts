import { execFileSync } from 'node:child_process'
import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, it } from '@jest/globals'

const root = join(import.meta.dirname, '../..')
const files = (...paths: string[]) =>
  execFileSync('git', ['ls-files', '--cached', '--others', '--exclude-standard', ...paths], { cwd: root, encoding: 'utf8' })
    .split('\n')
    .filter((file) => /\.tsx?$/.test(file) && !/\.test\.tsx?$/.test(file))
/** The text of a file without its comments: what is written about `eval` is no use of it. */
const codeOf = (file: string) =>
  readFileSync(join(root, file), 'utf8')
    .replace(/\/\*[\s\S]*?\*\//g, '')
    .replace(/^\s*\/\/.*$/gm, '')
const offenders = (paths: string[], pattern: RegExp) => files(...paths).filter((file) => pattern.test(codeOf(file)))

describe('forbidden code', () => {
  it('has no eval and no new Function anywhere', () => {
    expect(offenders(['contracts', 'database', 'engine', 'server', 'workers', 'designer', 'web'], /\beval\(|\bnew Function\(/)).toEqual([])
  })

  it('has no clock, no chance and no promise in the core', () => {
    expect(
      offenders(['engine/core'], /\bDate\.now\(|\bnew Date\(\)|\bMath\.random\(|\basync\s*(function|\()|\bawait\s|\bPromise\s*[<.(]/),
    ).toEqual([])
  })

  it('reads the environment in configuration and composition roots only', () => {
    const readers = offenders(['database', 'engine', 'server', 'workers', 'web', 'designer', 'contracts'], /\bprocess\.env\b/)

    expect(readers.filter((file) => !/(^|\/)(config|serve|main|test-database)\.ts$|\.operaton\.ts$/.test(file))).toEqual([])
  })
})
