import { existsSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs'
import { fileURLToPath } from 'node:url'

/** One measurement. What was completed is counted in history, not taken from answers. */
export interface Figure {
  readonly work: string
  readonly engine: 'ours' | 'operaton' | 'bpmn-engine' | 'bare SQL'
  readonly database: 'sqlite' | 'mariadb' | 'memory'
  readonly clients?: number
  readonly size?: number
  readonly round?: number
  readonly completed?: number
  readonly perSecond?: number
  readonly p50Ms?: number
  readonly p99Ms?: number
  /** What else a work tells. */
  readonly [more: string]: string | number | undefined
}

const folder = fileURLToPath(new URL('../data/benchmarks/', import.meta.url))

/** The figures of one run: each is printed as a JSON line and kept in `data/benchmarks/NAME.jsonl` until the same work runs again. */
export class Figures {
  readonly all: Figure[] = []
  private older: readonly Figure[]
  private readonly file: string

  constructor(name: string) {
    mkdirSync(folder, { recursive: true })
    this.file = fileOf(name)
    this.older = lastFigures(name)
  }

  add(figure: Figure): void {
    const rounded = Object.fromEntries(
      Object.entries(figure).map(([key, value]) => [key, typeof value === 'number' ? short(value) : value]),
    ) as unknown as Figure
    console.log(JSON.stringify(rounded))
    this.all.push(rounded)
    this.older = this.older.filter(({ work, database }) => work !== figure.work || database !== figure.database)
    writeFileSync(this.file, `${[...this.older, ...this.all].map((one) => JSON.stringify(one)).join('\n')}\n`)
  }
}

const fileOf = (name: string) => `${folder}${name}.jsonl`

/** What the last runs of that name have measured. */
export function lastFigures(name: string): readonly Figure[] {
  const file = fileOf(name)
  if (!existsSync(file)) return []
  return readFileSync(file, 'utf8')
    .trim()
    .split('\n')
    .filter((line) => line !== '')
    .map((line) => JSON.parse(line) as Figure)
}

const short = (value: number) => Number(value.toFixed(Math.abs(value) < 100 ? 2 : 0))
