// npm run test:fuzz -- [--inputs 100000] [--first 1] [--budget 5000]
// Sends damaged models, decisions, expressions, timers and requests (test/fuzz) to the engine: seven texts to three requests. A crash,
// an answer that is none of Camunda's, more than the budget in ms for one input, or anything half-written makes it fail.
import { fork } from 'node:child_process'
import { fileURLToPath } from 'node:url'
import { parseArgs } from 'node:util'
import { openTarget } from '../test/fuzz/fuzz-rest.ts'
import { fuzzText } from '../test/fuzz/fuzz-text.ts'

const { values: flags } = parseArgs({
  options: {
    inputs: { type: 'string', default: '100000' },
    first: { type: 'string', default: '1' },
    budget: { type: 'string', default: '5000' },
    part: { type: 'string' },
  },
})
const first = Number(flags.first)
const inputs = Number(flags.inputs)
const budgetMs = Number(flags.budget)
const ranges = { texts: Math.ceil(inputs * 0.7), requests: Math.floor(inputs * 0.3) }
type Part = keyof typeof ranges

/** What a part tells: the input that it begins with, and what went wrong. */
type Message = { readonly at: number } | { readonly wrong: string }

async function playPart(part: Part): Promise<void> {
  const tell = (message: Message) => process.send?.(message)
  const target = part === 'requests' ? await openTarget() : null
  const play = target ? target.fuzz : fuzzText
  for (let seed = first; seed < first + ranges[part]; seed += 1) {
    tell({ at: seed })
    const began = performance.now()
    try {
      const given = await play(seed)
      const took = Math.round(performance.now() - began)
      if (took > budgetMs) tell({ wrong: `${part} ${seed} took ${took} ms: ${given.slice(0, 500)}` })
    } catch (error) {
      tell({ wrong: `${part} ${seed}: ${(error as Error).stack?.slice(0, 1_000)}` })
    }
  }
  for (const problem of (await target?.inconsistencies()) ?? []) tell({ wrong: `half-written: ${problem}` })
  await target?.close()
  process.disconnect?.()
}

function watch(part: Part): Promise<{ readonly played: number; readonly wrong: number }> {
  const child = fork(
    fileURLToPath(import.meta.url),
    ['--part', part, '--inputs', String(inputs), '--first', String(first), '--budget', String(budgetMs)],
    {
      execArgv: ['--import', 'tsx'],
    },
  )
  let played = 0
  let wrong = 0
  let at = 0
  let since = performance.now()
  const problem = (text: string) => {
    wrong += 1
    console.error(text)
  }
  child.on('message', (message: Message) => {
    if ('wrong' in message) return problem(message.wrong)
    at = message.at
    since = performance.now()
    if (++played % 10_000 === 0) console.error(`${part}: ${played} of ${ranges[part]}`)
  })
  const guard = setInterval(() => {
    if (performance.now() - since < budgetMs * 6) return
    problem(`${part} ${at} hangs`)
    child.kill('SIGKILL')
  }, 1_000)
  return new Promise((done) =>
    child.once('exit', (code) => {
      clearInterval(guard)
      if (code !== 0) problem(`${part}: the process ended with ${code} at ${at}`)
      done({ played, wrong })
    }),
  )
}

if (flags.part === 'texts' || flags.part === 'requests') await playPart(flags.part)
else {
  const results = await Promise.all([watch('texts'), watch('requests')])
  const played = results.reduce((sum, each) => sum + each.played, 0)
  const wrong = results.reduce((sum, each) => sum + each.wrong, 0)
  console.log(`${played} fuzzed inputs, ${wrong} problems`)
  process.exitCode = wrong > 0 ? 1 : 0
}
