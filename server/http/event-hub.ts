/** What the site is told while it is open; it then asks for what changed. */
export type ServerEvent =
  | { readonly kind: 'inbox' }
  /** Told to those who may see the record. */
  | { readonly kind: 'record'; readonly countyCode: string; readonly number: string }
  | { readonly kind: 'clock'; readonly now: number }

/** Carries events to the open pages of people on this node. Publish after commit: `tx.afterCommit(() => hub.publish(…))`. */
export interface EventHub {
  publish(personIds: readonly string[] | 'everybody', event: ServerEvent): void
  /** Returns the function that unsubscribes. */
  subscribe(personId: string, listener: (event: ServerEvent) => void): () => void
}

export function makeEventHub(): EventHub {
  const listeners = new Map<string, Set<(event: ServerEvent) => void>>()
  return {
    publish(personIds, event) {
      for (const personId of personIds === 'everybody' ? [...listeners.keys()] : new Set(personIds))
        for (const listener of listeners.get(personId) ?? []) listener(event)
    },
    subscribe(personId, listener) {
      const own = listeners.get(personId) ?? new Set()
      listeners.set(personId, own.add(listener))
      return () => {
        own.delete(listener)
        if (own.size === 0) listeners.delete(personId)
      }
    },
  }
}
