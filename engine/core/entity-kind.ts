import type { OwnerOf } from './chunked-map.ts'
import type { Instance } from './state.ts'

/** What an instance holds many of, and whom each hangs on. */
export const ownersByKind = {
  scopes: (scope) => scope.parentId ?? '',
  tokens: (token) => token.scopeId,
  tasks: (task) => task.executionId,
  jobs: (job) => job.executionId,
  subscriptions: (subscription) => subscription.executionId,
  externalTasks: (task) => task.executionId,
  incidents: (incident) => incident.executionId,
} satisfies { readonly [K in EntityKind]: OwnerOf<EntityOf<K>> }

export type EntityKind = 'scopes' | 'tokens' | 'tasks' | 'jobs' | 'subscriptions' | 'externalTasks' | 'incidents'

export type EntityOf<K extends EntityKind> = Instance[K] extends ReadonlyMap<string, infer E> ? E : never

export const entityKinds = Object.keys(ownersByKind) as readonly EntityKind[]
