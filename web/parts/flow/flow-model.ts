/** What a small picture needs of a model: activities, gateways, ends, and how they follow each other. */
export interface FlowNode {
  id: string
  name: string
  kind: 'activity' | 'gateway' | 'parallel' | 'end' | 'other'
}

export interface Flow {
  from: string
  to: string
  name: string
}

export interface FlowModel {
  nodes: Map<string, FlowNode>
  flows: Flow[]
}

const ACTIVITIES = new Set(['userTask', 'task', 'callActivity', 'subProcess', 'manualTask'])
const GATEWAYS = new Set(['exclusiveGateway', 'inclusiveGateway', 'eventBasedGateway'])

function kindOf(tag: string): FlowNode['kind'] {
  if (ACTIVITIES.has(tag)) return 'activity'
  if (tag === 'parallelGateway') return 'parallel'
  if (GATEWAYS.has(tag)) return 'gateway'
  return tag === 'endEvent' ? 'end' : 'other'
}

/** Reads the flow elements of all processes and subprocesses in BPMN XML. */
export function readFlowModel(xml: string): FlowModel {
  const nodes = new Map<string, FlowNode>()
  const flows: Flow[] = []
  const document = new DOMParser().parseFromString(xml, 'text/xml')
  for (const element of document.getElementsByTagName('*')) {
    if (!/\/BPMN\/20100524\/MODEL$/.test(element.namespaceURI ?? '')) continue
    const tag = element.localName
    const id = element.getAttribute('id')
    if (!id) continue
    const name = element.getAttribute('name') ?? ''
    if (tag === 'sequenceFlow')
      flows.push({ from: element.getAttribute('sourceRef') ?? '', to: element.getAttribute('targetRef') ?? '', name })
    else if (/Task$|Activity$|Gateway$|Event$|^subProcess$|^task$/.test(tag)) nodes.set(id, { id, name, kind: kindOf(tag) })
  }
  return { nodes, flows }
}

export interface NextStep {
  node: FlowNode
  /** The word on the way there: an outcome, or nothing. */
  edge: string
  /** Starts together with its neighbours. */
  together: boolean
}

/** What a way is called; where it only says 是, the question that it answers. */
function wordOf(model: FlowModel, flow: Flow): string {
  const question = model.nodes.get(flow.from)?.name.replace(/[?？]$/, '') ?? ''
  return flow.name === '是' && question ? question : flow.name
}

/** The activities and ends that can come next after `id`; gateways and what machines do are stepped over. */
export function nextSteps(model: FlowModel, id: string, limit = 4): NextStep[] {
  const found: NextStep[] = []
  const seen = new Set<string>([id])
  const walk = (from: string, edge: string, together: boolean) => {
    for (const flow of model.flows.filter((one) => one.from === from)) {
      const node = model.nodes.get(flow.to)
      if (!node || seen.has(node.id)) continue
      seen.add(node.id)
      const word = wordOf(model, flow) || edge
      if (node.kind === 'activity' || (node.kind === 'end' && node.name)) found.push({ node, edge: word, together })
      else if (node.kind !== 'end')
        walk(node.id, word, together || (node.kind === 'parallel' && model.flows.filter((one) => one.from === node.id).length > 1))
    }
  }
  walk(id, '', false)
  return found.slice(0, limit)
}
