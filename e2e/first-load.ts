import { existsSync, readFileSync, statSync } from 'node:fs'
import { join } from 'node:path'

const built = join(import.meta.dirname, '../dist/web')

interface Chunk {
  readonly file: string
  readonly imports?: readonly string[]
}

/**
 * Bytes of JavaScript, as the server sends them (brotli), that have to arrive before these modules can run: the page's entry, what
 * they import, and what that imports. What is fetched on demand, or once the page stands, is not among them.
 */
export function firstLoad(modules: readonly string[]): number {
  const manifest = JSON.parse(readFileSync(join(built, '.vite/manifest.json'), 'utf8')) as Readonly<Record<string, Chunk>>
  const files = new Set<string>()
  const visit = (name: string) => {
    const chunk = manifest[name]
    if (!chunk) throw new Error(`the site was built without ${name}`)
    if (files.has(chunk.file)) return
    files.add(chunk.file)
    chunk.imports?.forEach(visit)
  }
  for (const name of ['index.html', ...modules]) visit(name)
  return [...files].reduce((bytes, file) => bytes + sent(join(built, file)), 0)
}

const sent = (file: string) => statSync(existsSync(`${file}.br`) ? `${file}.br` : file).size
