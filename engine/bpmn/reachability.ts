import type { Node } from '../core/model/node.ts'
import type { NodeDraft } from './reading.ts'

/** For each inclusive gateway: the nodes of its scope from which a token can still come to it, by flows, boundary events and event subprocesses' hosts. */
export function linkInclusiveGateways(scope: NodeDraft): void {
  for (const node of scope.children as NodeDraft[]) {
    if (node.behavior.kind === 'inclusiveGateway') node.behavior = { kind: 'inclusiveGateway', reachableFrom: reaching(node) }
  }
}

function reaching(gateway: Node): ReadonlySet<string> {
  const found = new Set<string>()
  const open: Node[] = [gateway]
  for (let node = open.pop(); node; node = open.pop()) {
    const before: Node[] = node.incoming.map((flow) => flow.source)
    if (node.behavior.kind === 'boundaryEvent') before.push(node.behavior.attachedTo)
    for (const source of before) {
      if (found.has(source.id) || source === gateway) continue
      found.add(source.id)
      open.push(source)
    }
  }
  return found
}
