// npm run test:random -- [--seeds 10000] [--first 1] [--processes 2]
// Plays random models on the core (test/random-models/core-play.ts). What fails is shrunk and added to failing-cases.json, which
// `npm test` plays first.
import { fork } from 'node:child_process'
import { readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { parseArgs } from 'node:util'
import { playCore } from '../test/random-models/core-play.ts'
import { type RandomCase, randomCase } from '../test/random-models/random-model.ts'
import { shrink } from '../test/random-models/shrink.ts'

const file = join(import.meta.dirname, '../test/random-models/failing-cases.json')
const { values: flags } = parseArgs({
  options: {
    seeds: { type: 'string', default: '10000' },
    first: { type: 'string', default: '1' },
    processes: { type: 'string', default: '2' },
    every: { type: 'string' },
  },
})
const first = Number(flags.first)
const last = first + Number(flags.seeds) - 1

/** What one process tells the first one. */
type Message = { readonly played: number } | { readonly failed: RandomCase & { readonly seed: number; readonly reason: string } }

function reasonOf(one: RandomCase): string | null {
  try {
    playCore(one)
    return null
  } catch (error) {
    return (error as Error).message.slice(0, 500)
  }
}

async function playPart(every: number): Promise<void> {
  const tell = (message: Message) => process.send?.(message)
  for (let seed = first; seed <= last; seed += every) {
    const one = randomCase(seed)
    if (reasonOf(one) !== null) {
      const smallest = await shrink(one, (candidate) => reasonOf(candidate) !== null)
      tell({ failed: { seed, reason: reasonOf(smallest) ?? '', ...smallest } })
    }
    tell({ played: seed })
  }
}

async function playAll(processes: number): Promise<void> {
  let played = 0
  const failures: Extract<Message, { failed: unknown }>['failed'][] = []
  const parts = Array.from({ length: processes }, (_, part) => {
    const child = fork(
      fileURLToPath(import.meta.url),
      ['--first', String(first + part), '--seeds', String(last - first - part + 1), '--every', String(processes)],
      { execArgv: ['--import', 'tsx'] },
    )
    child.on('message', (message: Message) => {
      if ('failed' in message) {
        failures.push(message.failed)
        console.error(`seed ${message.failed.seed}: ${message.failed.reason}`)
      } else if (++played % 1_000 === 0) console.error(`${played} of ${last - first + 1}`)
    })
    return new Promise<number>((done) => child.once('exit', (code) => done(code ?? 1)))
  })
  const codes = await Promise.all(parts)
  if (failures.length > 0) {
    const known = JSON.parse(readFileSync(file, 'utf8')) as unknown[]
    writeFileSync(file, `[\n${[...known, ...failures].map((each) => JSON.stringify(each)).join(',\n')}\n]\n`)
  }
  console.log(`${played} random models played, ${failures.length} failed`)
  process.exitCode = failures.length > 0 || codes.some((code) => code !== 0) ? 1 : 0
}

await (flags.every ? playPart(Number(flags.every)) : playAll(Number(flags.processes)))
