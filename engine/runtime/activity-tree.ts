import { activityTree as coreTree } from '../core/activity-tree.ts'
import type { Definition } from '../core/definition.ts'
import type { Instance } from '../core/state.ts'
import type { ActivityInstanceNode } from '../process-engine.ts'

/** The tree of what is active in an instance, as Camunda's REST API shows it; built from the snapshot. */
export const activityTree = (instance: Instance, definition: Definition): ActivityInstanceNode => coreTree(definition, instance)
