import { describe, expect, it } from '@jest/globals'
import { describeApi } from './openapi.ts'
import { operations } from './operations.ts'

describe('OpenAPI description', () => {
  const api = describeApi(operations) as { paths: Record<string, Record<string, { operationId: string; parameters: { name: string }[] }>> }

  it('has every operation once, with an id of its own', () => {
    const described = Object.values(api.paths).flatMap((path) => Object.values(path))

    expect(described).toHaveLength(operations.length)
    expect(new Set(described.map(({ operationId }) => operationId)).size).toBe(operations.length)
  })

  it('names parameters of paths and queries', () => {
    expect(api.paths['/task/{id}/complete']?.post?.parameters).toMatchObject([{ name: 'id', in: 'path' }])
    expect(api.paths['/task']?.get?.parameters.map(({ name }) => name)).toEqual(
      expect.arrayContaining(['assignee', 'processVariables', 'sortBy']),
    )
  })
})
