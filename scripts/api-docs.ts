// Writes docs/http-api.md and docs/error-codes.md from what the server declares: node --import tsx scripts/api-docs.ts
import { writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { apiDocs } from '../server/http/api-docs.ts'
import { declaredRoutes } from '../test/server/declared-routes.ts'

const docs = join(import.meta.dirname, '..', 'docs')
for (const [name, text] of Object.entries(apiDocs(await declaredRoutes()))) writeFileSync(join(docs, name), text)
