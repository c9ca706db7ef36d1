import { z } from 'zod'
import { commentCell, correctReport, overrideCell, reportCellRows, reportList, reportPage } from '../../../contracts/api/reports.ts'
import { type Route, route } from '../../http/route.ts'
import { sendFile } from '../../http/send-file.ts'
import type { Reports } from './reports.ts'

const address = z.object({ unit: z.string().optional(), period: z.string().optional() })
const id = (params: Readonly<Record<string, string>>) => params.id ?? ''

export function reportRoutes(reports: Reports): readonly Route[] {
  return [
    route({
      method: 'get',
      path: '/reports',
      summary: 'Reports',
      access: 'report.read',
      answer: reportList,
      handle: async ({ actor }) => ({ reports: reports.list(actor.countyCode) }),
    }),
    route({
      method: 'get',
      path: '/reports/:id',
      summary: "A unit's report of a period",
      access: 'report.read',
      query: address,
      answer: reportPage,
      handle: ({ actor, may, params, query }) => reports.page(actor, may, { reportId: id(params), ...query }),
    }),
    route({
      method: 'get',
      path: '/reports/:id/cell',
      summary: 'The rows behind a cell',
      access: 'report.read',
      query: address.extend({ row: z.string(), column: z.string() }),
      answer: reportCellRows,
      handle: ({ actor, params, query }) => reports.cell(actor, { reportId: id(params), ...query }),
    }),
    route({
      method: 'post',
      path: '/reports/:id/override',
      summary: 'Override a cell, with a reason',
      access: 'report.override',
      body: overrideCell,
      handle: async ({ actor, params, body }) => {
        await reports.override(actor, { reportId: id(params), ...body })
      },
    }),
    route({
      method: 'delete',
      path: '/reports/:id/override',
      summary: "Restore the system's value of a cell",
      access: 'report.override',
      query: z.object({ unit: z.string(), period: z.string(), column: z.string() }),
      handle: ({ actor, params, query }) => reports.restore(actor, { reportId: id(params), ...query }),
    }),
    route({
      method: 'post',
      path: '/reports/:id/comment',
      summary: 'Comment a cell',
      access: 'report.override',
      body: commentCell,
      handle: ({ actor, params, body }) => reports.comment(actor, { reportId: id(params), ...body }),
    }),
    route({
      method: 'post',
      path: '/reports/:id/correct',
      summary: 'Open the next version of a frozen report',
      access: 'report.override',
      body: correctReport,
      handle: ({ actor, params, body }) => reports.correct(actor, { reportId: id(params), ...body }),
    }),
    route({
      method: 'get',
      path: '/reports/:id/export.xlsx',
      summary: 'A report as .xlsx, in the shape of the annex',
      access: 'report.read',
      query: address,
      stream: true,
      handle: async ({ actor, params, query, response }) =>
        sendFile(response, await reports.export(actor, { reportId: id(params), ...query })),
    }),
  ]
}
