import { ruleOf } from './access/authorised-by.ts'
import type { Operation } from './http/operation.ts'
import type { Schema } from './query/kind.ts'

/** The OpenAPI 3 description of the operations: what the router serves, nothing else. */
export function describeApi(operations: readonly Operation[]): Schema {
  const paths: Record<string, Record<string, Schema>> = {}
  for (const operation of operations) {
    const path = operation.path.replace(/:(\w+)/g, '{$1}')
    paths[path] ??= {}
    paths[path][operation.method.toLowerCase()] = describe(operation)
  }
  return {
    openapi: '3.0.3',
    info: { title: 'Camunda 7 REST API of the embedded engine', version: '7.24.0' },
    servers: [{ url: '/engine-rest' }],
    paths,
    security: [{ basic: [] }, { bearer: [] }],
    components: {
      securitySchemes: { basic: { type: 'http', scheme: 'basic' }, bearer: { type: 'http', scheme: 'bearer' } },
      schemas: {
        Problem: {
          type: 'object',
          properties: { type: { type: 'string' }, message: { type: 'string' }, code: { type: 'integer', nullable: true } },
        },
      },
    },
  }
}

function describe(operation: Operation): Schema {
  const inPath = [...operation.path.matchAll(/:(\w+)/g)].map(([, name]) => ({
    name,
    in: 'path',
    required: true,
    schema: { type: 'string' },
  }))
  const takesBody = operation.method === 'POST' || operation.method === 'PUT'
  const isForm = operation.path === '/deployment/create'
  return {
    summary: operation.summary,
    operationId: `${operation.method.toLowerCase()}${operation.path.replace(/[^A-Za-z]+(\w?)/g, (_text, letter: string) => letter.toUpperCase())}`,
    tags: [tagOf(operation.path)],
    // Of each list one right is enough; `UPDATE:TASK` is a permission on a resource.
    'x-authorised-by': (operation.authorisedBy ?? ruleOf(operation.method, operation.path)).rights,
    parameters: [...inPath, ...(operation.parameters ?? [])],
    ...(takesBody && {
      requestBody: { content: { [isForm ? 'multipart/form-data' : 'application/json']: { schema: { type: 'object' } } } },
    }),
    responses: {
      200: operation.binary
        ? { description: 'content', content: { '*/*': { schema: { type: 'string', format: 'binary' } } } }
        : operation.produces
          ? { description: 'text', content: { [operation.produces]: { schema: { type: 'string' } } } }
          : { description: 'answer', content: { 'application/json': { schema: {} } } },
      204: { description: 'done, nothing to answer' },
      default: { description: 'refused', content: { 'application/json': { schema: { $ref: '#/components/schemas/Problem' } } } },
    },
  }
}

/** `history/task` for its own, else the first segment. */
function tagOf(path: string): string {
  const [, first = '', second = ''] = path.split('/')
  return first === 'history' ? `${first}/${second}` : first
}
