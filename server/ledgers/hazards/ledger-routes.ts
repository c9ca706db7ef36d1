import { z } from 'zod'
import { ledgerList, ledgerPage } from '../../../contracts/api/ledgers.ts'
import { type Route, route } from '../../http/route.ts'
import { sendFile } from '../../http/send-file.ts'
import type { HazardLedgers } from './ledgers.ts'

const text = z.string().max(200).optional()
const query = z.object({
  view: text,
  town: text,
  enterprise: text,
  level: text,
  status: text,
  q: text,
  cursor: z
    .string()
    .regex(/^\d{1,6}$/)
    .optional(),
})

export function ledgerRoutes(ledgers: HazardLedgers): readonly Route[] {
  return [
    route({
      method: 'get',
      path: '/ledgers',
      summary: 'Ledgers',
      access: 'ledger.read',
      answer: ledgerList,
      handle: async ({ actor }) => ({ ledgers: ledgers.list(actor) }),
    }),
    route({
      method: 'get',
      path: '/ledgers/:id',
      summary: 'A page of a ledger',
      access: 'ledger.read',
      query,
      answer: ledgerPage,
      handle: ({ actor, params, query }) => ledgers.page(actor, params.id ?? '', query),
    }),
    route({
      method: 'get',
      path: '/ledgers/:id/export.xlsx',
      summary: 'A ledger as .xlsx',
      access: 'ledger.read',
      query,
      stream: true,
      handle: async ({ actor, params, query, response }) => sendFile(response, await ledgers.export(actor, params.id ?? '', query)),
    }),
  ]
}
