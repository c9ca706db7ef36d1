import { type Expression, parseExpression } from './parse.ts'

/** The field paths that an expression reads below `$values`, `$record` or `$root`, for the lint and the graph of rules. */
export function expressionPaths(source: string): { root: '$values' | '$record' | '$root'; path: string }[] {
  const found: { root: '$values' | '$record' | '$root'; path: string }[] = []
  visit(parseExpression(source), found)
  return found
}

function visit(node: Expression, found: { root: '$values' | '$record' | '$root'; path: string }[]): void {
  switch (node.kind) {
    case 'literal':
    case 'root':
      return
    case 'member': {
      const chain = memberChain(node)
      if (chain) found.push(chain)
      else {
        visit(node.object, found)
        visit(node.property, found)
      }
      return
    }
    case 'not':
    case 'minus':
    case 'plus':
      visit(node.argument, found)
      return
    case 'binary':
      visit(node.left, found)
      visit(node.right, found)
      return
    case 'choice':
      visit(node.test, found)
      visit(node.yes, found)
      visit(node.no, found)
      return
    case 'list':
      for (const element of node.elements) visit(element, found)
      return
    case 'call':
      for (const argument of node.args) visit(argument, found)
      return
  }
}

function memberChain(node: Expression): { root: '$values' | '$record' | '$root'; path: string } | undefined {
  const parts: string[] = []
  let at = node
  while (at.kind === 'member') {
    if (at.property.kind !== 'literal' || typeof at.property.value !== 'string') return undefined
    if (at.property.value !== 'length') parts.unshift(at.property.value)
    at = at.object
  }
  if (at.kind !== 'root' || (at.name !== '$values' && at.name !== '$record' && at.name !== '$root')) return undefined
  return { root: at.name, path: parts.join('.') }
}
