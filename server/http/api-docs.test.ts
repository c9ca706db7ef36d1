import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, it } from '@jest/globals'
import { declaredRoutes } from '../../test/server/declared-routes.ts'
import { apiDocs } from './api-docs.ts'

describe('the pages about the HTTP API', () => {
  it('say what the server declares (node --import tsx scripts/api-docs.ts writes them)', async () => {
    const pages = apiDocs(await declaredRoutes())

    for (const [name, text] of Object.entries(pages)) expect(readFileSync(join(import.meta.dirname, '../../docs', name), 'utf8')).toBe(text)
  })

  it('have one route for each method and path', async () => {
    const routes = (await declaredRoutes()).map((route) => `${route.method} ${route.path}`)

    expect(routes.filter((route, index) => routes.indexOf(route) !== index)).toEqual([])
  })
})
