import { Engine } from 'bpmn-engine'
import { BpmnModdle } from 'bpmn-moddle'
import type { Figure } from './figure.ts'
import { quantiles } from './loops.ts'
import { fork, sequence, userTasks } from './models.ts'

interface Execution {
  readonly state: string
  getPostponed(): readonly { signal(): void }[]
}

const works: readonly {
  readonly name: string
  readonly model: (key: string, size: number) => string
  readonly sizes: readonly number[]
}[] = [
  { name: 'sequence', model: sequence, sizes: [1, 5, 15] },
  { name: 'user-tasks', model: userTasks, sizes: [1, 5, 10] },
  { name: 'fork', model: fork, sizes: [2, 10, 100] },
]

/** The same models in bpmn-engine, in memory: no database, no history, no API. The model is parsed once. */
export async function inMemoryPeer(seconds: number, add: (figure: Figure) => void): Promise<void> {
  for (const { name, model, sizes } of works)
    for (const size of sizes) {
      const moddleContext = await new BpmnModdle().fromXML(model('bench', size))
      const times: number[] = []
      let completed = 0
      const begun = performance.now()
      while (performance.now() - begun < seconds * 1000) {
        const at = performance.now()
        const engine = new Engine({ name: 'bench', moddleContext })
        const execution: Execution = await engine.execute()
        for (let waiting = execution.getPostponed(); waiting.length > 0; waiting = execution.getPostponed()) waiting[0]?.signal()
        if (execution.state === 'idle') completed++
        times.push(performance.now() - at)
      }
      const elapsed = (performance.now() - begun) / 1000
      add({
        work: name,
        engine: 'bpmn-engine',
        database: 'memory',
        clients: 1,
        size,
        completed,
        perSecond: completed / elapsed,
        ...quantiles(times),
      })
    }
}
