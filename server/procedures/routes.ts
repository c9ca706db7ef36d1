import { z } from 'zod'
import { procedureEdit, procedureFindings, procedureList } from '../../contracts/api/admin.ts'
import { type Route, route } from '../http/route.ts'
import type { AdminProcedures } from './admin-procedures.ts'

const draft = z.object({ xml: z.string().min(1).max(2_000_000), slots: z.record(z.string(), z.unknown()).default({}) })

/** /api/admin/procedures */
export function procedureRoutes(admin: AdminProcedures): readonly Route[] {
  const access = 'admin.procedures'
  return [
    route({
      method: 'get',
      path: '/admin/procedures',
      summary: 'Procedures of the county',
      access,
      answer: procedureList,
      handle: ({ actor }) => admin.list(actor.countyCode),
    }),
    route({
      method: 'get',
      path: '/admin/procedures/:id',
      summary: 'A procedure with its draft, slots and versions',
      access,
      answer: procedureEdit,
      handle: ({ actor, params }) => admin.edit(actor.countyCode, params.id ?? ''),
    }),
    route({
      method: 'put',
      path: '/admin/procedures/:id/draft',
      summary: 'Keep a changed model',
      access,
      body: draft,
      answer: z.object({ savedAt: z.number() }),
      handle: ({ actor, params, body }) => admin.saveDraft(actor, params.id ?? '', body),
    }),
    route({
      method: 'post',
      path: '/admin/procedures/:id/check',
      summary: 'What stands against publishing it',
      access,
      body: draft,
      answer: procedureFindings,
      handle: ({ actor, params, body }) => admin.check(actor.countyCode, params.id ?? '', body),
    }),
    route({
      method: 'post',
      path: '/admin/procedures/:id/publish',
      summary: 'Publish the draft as a new version',
      access,
      body: z.object({ note: z.string().max(500).default('') }),
      answer: z.object({ version: z.number() }),
      handle: ({ actor, params, body }) => admin.publish(actor, params.id ?? '', body.note),
    }),
  ]
}
