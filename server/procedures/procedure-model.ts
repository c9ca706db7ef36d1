import { BpmnModdle } from 'bpmn-moddle'
import { type EffectSetting, effectSetting, type NodeSetting, nodeSetting } from '../../contracts/bpmn-extension.ts'

/** An element of a procedure's model, as the platform sees it. */
export interface ModelNode {
  readonly id: string
  /** `bpmn:UserTask` and so on. */
  readonly type: string
  readonly name: string
  readonly setting: NodeSetting | null
  readonly effect: EffectSetting | null
  readonly topic: string | null
}

/** What one BPMN file says to the platform. */
export interface ProcedureModel {
  readonly processId: string
  readonly name: string
  /** The user task at which the initiator fills in the form. */
  readonly firstNode: string | null
  readonly nodes: ReadonlyMap<string, ModelNode>
  /** User tasks in the order of the main path. */
  readonly userTasks: readonly ModelNode[]
  /** `<bihuan:…>` texts that could not be read. */
  readonly problems: readonly { readonly elementId: string; readonly message: string }[]
}

interface Element {
  readonly $type: string
  readonly id?: string
  readonly name?: string
  readonly flowElements?: readonly Element[]
  readonly rootElements?: readonly Element[]
  readonly sourceRef?: Element
  readonly targetRef?: Element
  readonly extensionElements?: { readonly values?: readonly { readonly $type: string; readonly $body?: string }[] }
  readonly outgoing?: readonly Element[]
  readonly $attrs?: Readonly<Record<string, string>>
}

const read = new Map<string, Promise<ProcedureModel>>()

/** Reads a model once per text. Throws when the text is no BPMN. */
export function readModel(xml: string): Promise<ProcedureModel> {
  let model = read.get(xml)
  if (!model) {
    model = parse(xml)
    read.set(xml, model)
    model.catch(() => read.delete(xml))
  }
  return model
}

async function parse(xml: string): Promise<ProcedureModel> {
  const { rootElement } = (await new BpmnModdle().fromXML(xml)) as unknown as { rootElement: Element }
  const process = rootElement.rootElements?.find((element) => element.$type === 'bpmn:Process')
  if (!process?.id) throw new Error('the model holds no process')
  const problems: { elementId: string; message: string }[] = []
  const nodes = new Map<string, ModelNode>()
  const elements = allElements(process)
  for (const element of elements) {
    if (!element.id || element.$type === 'bpmn:SequenceFlow') continue
    nodes.set(element.id, {
      id: element.id,
      type: element.$type,
      name: element.name ?? element.id,
      setting: extension(element, 'bihuan:node', nodeSetting, problems),
      effect: extension(element, 'bihuan:effect', effectSetting, problems),
      topic: element.$attrs?.['camunda:topic'] ?? null,
    })
  }
  const order = mainPath(process)
  const tasks = [...nodes.values()].filter((node) => node.type === 'bpmn:UserTask')
  const rank = (node: ModelNode) => (order.includes(node.id) ? order.indexOf(node.id) : order.length)
  const userTasks = [...tasks].sort((a, b) => rank(a) - rank(b))
  return { processId: process.id, name: process.name ?? process.id, firstNode: firstUserTask(process), nodes, userTasks, problems }
}

function allElements(container: Element): Element[] {
  return (container.flowElements ?? []).flatMap((element) => [element, ...allElements(element)])
}

function extension<T>(
  element: Element,
  tag: string,
  schema: {
    safeParse(
      value: unknown,
    ): { success: true; data: T } | { success: false; error: { issues: { path: PropertyKey[]; message: string }[] } }
  },
  problems: { elementId: string; message: string }[],
): T | null {
  const text = element.extensionElements?.values?.find((value) => value.$type === tag)?.$body
  if (text === undefined) return null
  const elementId = element.id ?? ''
  try {
    const parsed = schema.safeParse(JSON.parse(text))
    if (parsed.success) return parsed.data
    const [issue] = parsed.error.issues
    problems.push({ elementId, message: `${tag}: ${issue?.path.map(String).join('.')} ${issue?.message}` })
  } catch (error) {
    problems.push({ elementId, message: `${tag}: ${error instanceof Error ? error.message : 'not JSON'}` })
  }
  return null
}

/** Element ids breadth first from the start events; sub-processes are entered. */
function mainPath(container: Element): string[] {
  const seen: string[] = []
  const queue = (container.flowElements ?? []).filter((element) => element.$type === 'bpmn:StartEvent')
  for (let element = queue.shift(); element; element = queue.shift()) {
    if (!element.id || seen.includes(element.id)) continue
    seen.push(element.id)
    if (element.flowElements) seen.push(...mainPath(element))
    for (const flow of element.outgoing ?? []) if (flow.targetRef) queue.push(flow.targetRef)
  }
  return seen
}

function firstUserTask(process: Element): string | null {
  const plainStart = process.flowElements?.find((element) => element.$type === 'bpmn:StartEvent')
  let element: Element | undefined = plainStart
  for (let steps = 0; element && steps < 50; steps++) {
    if (element.$type === 'bpmn:UserTask') return element.id ?? null
    if (element.flowElements) element = element.flowElements.find((inner) => inner.$type === 'bpmn:StartEvent')
    else element = element.outgoing?.[0]?.targetRef
  }
  return null
}
