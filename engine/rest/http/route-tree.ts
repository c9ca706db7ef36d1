import type { Method, Operation } from './operation.ts'

interface Branch {
  readonly children: Map<string, Branch>
  any: Branch | null
  readonly operations: Map<Method, Operation>
}

export type Match =
  | { readonly kind: 'operation'; readonly operation: Operation; readonly params: Readonly<Record<string, string>> }
  | { readonly kind: 'wrong-method'; readonly allowed: readonly Method[] }
  | { readonly kind: 'none' }

/** Finds the operation of a path; its cost does not grow with the number of operations. Fixed segments win over `:names`. */
export interface RouteTree {
  match(method: string, path: string): Match
}

export function makeRouteTree(operations: readonly Operation[]): RouteTree {
  const root = branch()
  for (const operation of operations) {
    let at = root
    for (const segment of operation.path.split('/').slice(1)) at = segment.startsWith(':') ? anyChild(at) : child(at, segment)
    if (at.operations.has(operation.method)) throw new Error(`${operation.method} ${operation.path} is declared twice`)
    at.operations.set(operation.method, operation)
  }
  return {
    match(method, path) {
      const values: string[] = []
      const found = walk(root, path.split('/').slice(1), 0, values)
      if (!found) return { kind: 'none' }
      const operation = found.operations.get(method as Method)
      if (!operation) return { kind: 'wrong-method', allowed: [...found.operations.keys()] }
      const names = operation.path.split('/').filter((segment) => segment.startsWith(':'))
      return { kind: 'operation', operation, params: Object.fromEntries(names.map((name, index) => [name.slice(1), values[index] ?? ''])) }
    },
  }
}

const branch = (): Branch => ({ children: new Map(), any: null, operations: new Map() })

function child(at: Branch, segment: string): Branch {
  let next = at.children.get(segment)
  if (!next) {
    next = branch()
    at.children.set(segment, next)
  }
  return next
}

function anyChild(at: Branch): Branch {
  at.any ??= branch()
  return at.any
}

function walk(at: Branch, segments: readonly string[], position: number, values: string[]): Branch | null {
  const segment = segments[position]
  if (segment === undefined) return at.operations.size > 0 ? at : null
  const fixed = at.children.get(segment)
  const found = fixed && walk(fixed, segments, position + 1, values)
  if (found) return found
  if (!at.any || segment === '') return null
  const before = values.length
  values.push(decode(segment))
  const other = walk(at.any, segments, position + 1, values)
  if (!other) values.length = before
  return other
}

function decode(segment: string): string {
  try {
    return decodeURIComponent(segment)
  } catch {
    return segment // a lone percent sign: taken as it is
  }
}
