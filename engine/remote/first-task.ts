import { readBpmn } from '../bpmn/index.ts'
import type { Definitions } from '../process-engine.ts'

/** The user task at which every instance of a definition begins. */
export interface FirstTask {
  readonly activityId: string
  readonly name: string | null
  readonly definitionKey: string
}

/**
 * Knows the first task before the other server has made it: where a plain start event leads straight to one user task and nothing can
 * happen in between. Null where that is not so.
 */
export function makeFirstTask(definitions: Definitions): (definitionId: string) => Promise<FirstTask | null> {
  const known = new Map<string, FirstTask | null>()
  return async (definitionId) => {
    if (!known.has(definitionId)) {
      const definition = await definitions.byId(definitionId)
      known.set(definitionId, definition && firstTaskIn(await definitions.xml(definitionId), definition.key))
    }
    return known.get(definitionId) ?? null
  }
}

export function firstTaskIn(xml: string, definitionKey: string): FirstTask | null {
  const reading = readBpmn(xml, 'deployed.bpmn', () => 'late')
  const model = reading.ok ? reading.processes.find((process) => process.id === definitionKey) : undefined
  const start = model?.starts.find((one) => one.kind === 'none')
  const event = start && model?.nodes.get(start.nodeId)
  const [flow, ...others] = event?.outgoing ?? []
  const task = flow?.target
  if (!event || !flow || !task || others.length > 0 || flow.condition || task.behavior.kind !== 'userTask') return null
  if (event.async.before || event.async.after || task.async.before) return null
  return { activityId: task.id, name: task.name, definitionKey }
}
