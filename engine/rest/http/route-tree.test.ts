import { describe, expect, it } from '@jest/globals'
import { nothing } from './call.ts'
import { type Method, operation } from './operation.ts'
import { makeRouteTree } from './route-tree.ts'

const serve = (method: Method, path: string) => operation(method, path, '', async () => nothing)
const tree = makeRouteTree([
  serve('GET', '/task'),
  serve('GET', '/task/count'),
  serve('GET', '/task/:id'),
  serve('PUT', '/task/:id'),
  serve('GET', '/task/:id/variables/:name/data'),
  serve('GET', '/history/process-instance/:id'),
  serve('GET', '/history/process-definition/report'),
])

const found = (method: string, path: string): unknown => {
  const match = tree.match(method, path)
  return match.kind === 'operation' ? [match.operation.path, match.params] : match.kind
}

describe('route tree', () => {
  it.each([
    ['GET', '/task', ['/task', {}]],
    ['GET', '/task/count', ['/task/count', {}]],
    ['GET', '/task/7', ['/task/:id', { id: '7' }]],
    ['PUT', '/task/count', 'wrong-method'],
    ['GET', '/task/a%2Fb/variables/%E9%99%88/data', ['/task/:id/variables/:name/data', { id: 'a/b', name: '陈' }]],
    ['GET', '/task/50%/variables/x/data', ['/task/:id/variables/:name/data', { id: '50%', name: 'x' }]],
    ['DELETE', '/task', 'wrong-method'],
    ['GET', '/task/7/variables', 'none'],
    ['GET', '/nothing', 'none'],
    ['GET', '/task/', 'none'],
  ])('%s %s', (method, path, expected) => {
    expect(found(method, path)).toEqual(expected)
  })

  it('refuses the same operation twice', () => {
    expect(() => makeRouteTree([serve('GET', '/a/:x'), serve('GET', '/a/:y')])).toThrow('declared twice')
  })
})
