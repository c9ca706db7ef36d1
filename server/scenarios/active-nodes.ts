import type { World } from './world.ts'

/** Nodes at which the instances of a record have a token, those of called instances too. */
export async function activeNodes(world: World, of: string): Promise<readonly string[]> {
  const { engine } = world.application.features
  const record = await world.record(of)
  const instances = await engine.instances.list({ businessKey: record.number, tenantId: world.countyCode })
  const nodes: string[] = []
  for (const instance of instances) {
    const tree = await engine.instances.activityTree(instance.id)
    const walk = (node: NonNullable<typeof tree>): void => {
      if (node.childActivityInstances.length === 0 && node.activityId !== tree?.activityId) nodes.push(node.activityId)
      for (const child of node.childActivityInstances) walk(child)
      for (const child of node.childTransitionInstances) nodes.push(child.activityId)
    }
    if (tree) walk(tree)
  }
  return nodes.sort()
}
