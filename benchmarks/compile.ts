import { spawnSync } from 'node:child_process'
import { fileURLToPath } from 'node:url'
import { connectSqlite } from '../database/sqlite.ts'
import type { Figure } from './figure.ts'
import { large } from './models.ts'
import { openEngine } from './open-engine.ts'

const RUNS = 15

/** Deploys a model of `nodes` nodes: reading the XML and compiling it takes most of the time. Answers both in ms. */
async function deployLarge(nodes: number): Promise<{ cold: number; warm: number; cached: number }> {
  const connector = await connectSqlite(':memory:')
  const { engine } = await openEngine(connector, {})
  const check = async (key: string) => {
    const content = large(key, nodes)
    const begun = performance.now()
    const findings = await engine.deployments.check([{ name: `${key}.bpmn`, content }])
    if (findings.length > 0) throw new Error(JSON.stringify(findings[0]))
    return performance.now() - begun
  }
  const cold = await check('first')
  const warm: number[] = []
  for (let i = 0; i < RUNS; i++) warm.push(await check(`warm${i}`))
  await engine.deployments.create({ name: 'large', resources: [{ name: 'large.bpmn', content: large('large', nodes) }] })
  const start = async () => {
    const begun = performance.now()
    await engine.instances.start({
      definitionKey: 'large',
      variables: { amount: { t: 'Integer', v: 1 }, town: { t: 'String', v: 'east' } },
    })
    return performance.now() - begun
  }
  await start()
  const cached: number[] = []
  for (let i = 0; i < RUNS; i++) cached.push(await start())
  await connector.close()
  return { cold, warm: middle(warm), cached: middle(cached) }
}

const middle = (values: number[]) => values.sort((a, b) => a - b)[Math.floor(values.length / 2)] ?? 0

/** `coldMs`: the first model of a process that has just started, the middle of five processes. `startMs`: a start, with it compiled. */
export function compileFigure(): Figure {
  const runs = Array.from({ length: 5 }, () => {
    const run = spawnSync(process.execPath, ['--import', 'tsx', fileURLToPath(import.meta.url), 'child'], { encoding: 'utf8' })
    if (run.status !== 0) throw new Error(run.stderr)
    return JSON.parse(run.stdout.trim().split('\n').at(-1) ?? '') as { cold: number; warm: number; cached: number }
  })
  const of = (key: 'cold' | 'warm' | 'cached') => middle(runs.map((run) => run[key]))
  return { work: 'compile', engine: 'ours', database: 'memory', size: 200, coldMs: of('cold'), warmMs: of('warm'), startMs: of('cached') }
}

if (process.argv[1] === fileURLToPath(import.meta.url) && process.argv[2] === 'child') {
  await import('reflect-metadata')
  console.log(JSON.stringify(await deployLarge(200)))
}
