import { mkdirSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { dirname, join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { transformSync } from '@swc/core'

const root = fileURLToPath(new URL('../..', import.meta.url))
const SOURCES = ['database', 'engine', 'migrations', 'test/faults', 'test/builders']

/**
 * Strips the types of everything that a child process of the fault tests runs, so that a hundred of them start fast. Answers the
 * folder of the result, which lies within node_modules so that packages are found, and how to remove it.
 */
export function compileTree(): { at: (file: string) => string; remove: () => void } {
  const out = join(root, 'node_modules/.cache', `bihuan-faults-${process.pid}`)
  for (const folder of SOURCES) for (const file of sourcesBelow(folder)) compile(file, out)
  writeFileSync(join(out, 'package.json'), '{"type":"module"}')
  return { at: (file) => join(out, script(file)), remove: () => rmSync(out, { recursive: true, force: true }) }
}

const script = (file: string) => file.replace(/\.ts$/, '.js')

function* sourcesBelow(folder: string): Generator<string> {
  for (const entry of readdirSync(join(root, folder), { withFileTypes: true })) {
    const path = `${folder}/${entry.name}`
    if (entry.isDirectory()) yield* sourcesBelow(path)
    else if (/\.ts$/.test(entry.name) && !/\.(test|d)\.ts$/.test(entry.name)) yield path
  }
}

function compile(file: string, out: string): void {
  const { code } = transformSync(readFileSync(join(root, file), 'utf8'), {
    filename: file,
    jsc: { parser: { syntax: 'typescript' }, target: 'es2022' },
    module: { type: 'es6' },
  })
  const target = join(out, script(file))
  mkdirSync(dirname(target), { recursive: true })
  writeFileSync(target, code.replace(/(from\s+|import\s+|import\()(['"])(\.[^'"]+)\.ts\2/g, '$1$2$3.js$2'))
}
