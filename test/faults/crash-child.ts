import { writeSync } from 'node:fs'
import { createInterface } from 'node:readline'
import { v7 } from 'uuid'
import { openDatabase } from '../../database/open-database.ts'
import { createEmbeddedEngine, EngineError } from '../../engine/index.ts'

// A process that is killed while it works: node crash-child.js DATABASE-URL. Says `ready`, waits for a line, then starts instances and
// completes tasks, its own and those that others left behind, and says each command once it is done. Jobs run as well.
const database = await openDatabase(process.argv[2] ?? '', { poolSize: 8 })
const engine = createEmbeddedEngine({ database, now: () => Date.now(), newId: () => v7() })
const say = (line: string) => writeSync(1, `${line}\n`)

const keys = ['plain', 'forked', 'plain', 'forked', 'plain', 'wide']

async function work(loop: number): Promise<never> {
  for (let round = 0; ; round++) {
    try {
      const { id } = await engine.instances.start({
        definitionKey: keys[(loop + round) % keys.length] ?? 'plain',
        variables: { round: { t: 'Integer', v: round } },
      })
      say(`started ${id}`)
      const tasks = await engine.tasks.list(round % 3 === 0 ? {} : { rootProcessInstanceId: id })
      for (const task of tasks.slice(0, 6)) {
        await engine.tasks.complete(task.id, { done: { t: 'Boolean', v: true } })
        say(`completed ${task.id}`)
      }
    } catch (error) {
      // Another loop or process was faster.
      if (!(error instanceof EngineError && error.code.startsWith('unknown-')))
        say(`failed ${error instanceof Error ? error.stack : error}`.replaceAll('\n', ' | '))
    }
  }
}

say('ready')
createInterface({ input: process.stdin }).once('line', async () => {
  await engine.start()
  for (let loop = 0; loop < 6; loop++) void work(loop)
})
