import { readFileSync } from 'node:fs'
import { relative } from 'node:path'
import { readConfig } from '../server/config.ts'
import { emptyRemoteEngine, openScenarioDatabase, runScenario, type ScenarioResult, scenario } from '../server/scenarios/index.ts'

/**
 * `npm run scenario -- [--json] FILE…`: plays scenario files, a line for each. On SQLite in memory; with DATABASE_URL=mysql://… in
 * a database of its own on that server, dropped afterwards; it is emptied between them. With ENGINE_URL and ENGINE_CLOCK_URL on
 * another server's engine, which is emptied too.
 */
const args = process.argv.slice(2)
const isJson = args.includes('--json')
const files = args.filter((arg) => !arg.startsWith('--'))
if (files.length === 0) {
  console.error('usage: npm run scenario -- [--json] FILE…')
  process.exit(2)
}

const scenarios = await openScenarioDatabase(process.env.DATABASE_URL ?? 'sqlite::memory:', `scenario_${process.pid}`)
const { remoteEngine } = readConfig(process.env, process.cwd())
const results: (ScenarioResult & { file: string; ms: number })[] = []
for (const file of files) {
  const name = relative(process.cwd(), file)
  await scenarios.empty()
  if (remoteEngine) await emptyRemoteEngine(remoteEngine)
  const started = performance.now()
  const result = await play(file)
  const ms = Math.round(performance.now() - started)
  results.push({ ...result, file: name, ms })
  if (!isJson) print(name, result, ms)
}
await scenarios.drop()
const failed = results.filter((result) => !result.passed).length
if (isJson) console.log(JSON.stringify({ passed: results.length - failed, failed, results }, null, 2))
else console.log(`${results.length - failed} passed, ${failed} failed`)
process.exit(failed === 0 ? 0 : 1)

async function play(file: string): Promise<ScenarioResult> {
  const read = scenario.safeParse(JSON.parse(readFileSync(file, 'utf8')))
  if (!read.success) {
    const words = read.error.issues.map((issue) => `${issue.path.join('.')}: ${issue.message}`).join('; ')
    return { title: file, passed: false, steps: 0, failedStep: null, step: null, message: `not a scenario: ${words}` }
  }
  return runScenario(read.data, scenarios.database, remoteEngine)
}

function print(file: string, result: ScenarioResult, ms: number): void {
  if (result.passed) console.log(`ok   ${result.title}  (${result.steps} steps, ${ms} ms)  ${file}`)
  else
    console.log(
      `FAIL ${result.title}  ${file}\n     step ${result.failedStep ?? '-'}: ${JSON.stringify(result.step)?.slice(0, 400)}\n     ${result.message}`,
    )
}
