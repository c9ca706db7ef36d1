export type Dependencies = Map<string, { title: string; reads: ReadonlySet<string> }>

/** A way round among fields whose value or visibility depends on each other, first and last the same; undefined when there is none. */
export function dependencyCycle(dependencies: Dependencies): { path: string; title: string }[] | undefined {
  const done = new Set<string>()
  const way: string[] = []
  const visit = (path: string): string[] | undefined => {
    const at = way.indexOf(path)
    if (at >= 0) return [...way.slice(at), path]
    if (done.has(path)) return undefined
    way.push(path)
    for (const next of dependencies.get(path)?.reads ?? []) {
      // A field may judge its own value.
      const found = next === path ? undefined : visit(next)
      if (found) return found
    }
    way.pop()
    done.add(path)
    return undefined
  }
  for (const path of dependencies.keys()) {
    const found = visit(path)
    if (found) return found.map((each) => ({ path: each, title: dependencies.get(each)?.title ?? each }))
  }
  return undefined
}
