/** An activity as the other server's history tells it, with the moments that are news. */
export interface Moved {
  readonly id: string
  readonly parentId: string
  /** Epoch ms; null when that is not news. */
  readonly startedAt: number | null
  readonly endedAt: number | null
}

export interface Moment<Activity extends Moved> {
  readonly kind: 'started' | 'ended'
  readonly at: number
  readonly activity: Activity
}

/**
 * Starts and ends in the order in which they happened. Many share a millisecond: within one, activities start in the order given
 * (the other server's counter), and one that ends does so before the next starts, unless that one lies within it.
 */
export function inCausalOrder<Activity extends Moved>(activities: readonly Activity[]): readonly Moment<Activity>[] {
  const byId = new Map(activities.map((activity) => [activity.id, activity]))
  const lies = (inner: Activity, outer: Activity) => {
    for (let at = byId.get(inner.parentId); at; at = byId.get(at.parentId)) if (at === outer) return true
    return inner.parentId === outer.id
  }
  const depth = (activity: Activity): number => {
    const parent = byId.get(activity.parentId)
    return parent ? depth(parent) + 1 : 0
  }
  const instants = [...new Set(activities.flatMap(({ startedAt, endedAt }) => [startedAt, endedAt].filter((at) => at !== null)))]
  return instants
    .sort((a, b) => a - b)
    .flatMap((at) => {
      const moments: Moment<Activity>[] = []
      const starting = activities.filter(({ startedAt }) => startedAt === at)
      let ending = activities.filter(({ endedAt }) => endedAt === at).sort((a, b) => depth(b) - depth(a))
      const isYetToStart = new Set(starting)
      const end = (before: Activity | null) => {
        const due = ending.filter((one) => !isYetToStart.has(one) && (before === null || !lies(before, one)))
        ending = ending.filter((one) => !due.includes(one))
        moments.push(...due.map((activity) => ({ kind: 'ended', at, activity }) as const))
      }
      for (const activity of starting) {
        end(activity)
        isYetToStart.delete(activity)
        moments.push({ kind: 'started', at, activity })
      }
      end(null)
      return moments
    })
}
