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
      summary: '报表目录',
      access: 'report.read',
      answer: reportList,
      handle: async ({ actor }) => ({ reports: reports.list(actor.countyCode) }),
    }),
    route({
      method: 'get',
      path: '/reports/:id',
      summary: '一个单位一期的报表',
      access: 'report.read',
      query: address,
      answer: reportPage,
      handle: ({ actor, may, params, query }) => reports.page(actor, may, { reportId: id(params), ...query }),
    }),
    route({
      method: 'get',
      path: '/reports/:id/cell',
      summary: '一格背后的明细',
      access: 'report.read',
      query: address.extend({ row: z.string(), column: z.string() }),
      answer: reportCellRows,
      handle: ({ actor, params, query }) => reports.cell(actor, { reportId: id(params), ...query }),
    }),
    route({
      method: 'post',
      path: '/reports/:id/override',
      summary: '修正一格',
      access: 'report.override',
      body: overrideCell,
      handle: async ({ actor, params, body }) => {
        await reports.override(actor, { reportId: id(params), ...body })
      },
    }),
    route({
      method: 'delete',
      path: '/reports/:id/override',
      summary: '恢复系统值',
      access: 'report.override',
      query: z.object({ unit: z.string(), period: z.string(), column: z.string() }),
      handle: ({ actor, params, query }) => reports.restore(actor, { reportId: id(params), ...query }),
    }),
    route({
      method: 'post',
      path: '/reports/:id/comment',
      summary: '批注一格',
      access: 'report.override',
      body: commentCell,
      handle: ({ actor, params, body }) => reports.comment(actor, { reportId: id(params), ...body }),
    }),
    route({
      method: 'post',
      path: '/reports/:id/correct',
      summary: '更正已签发的报表',
      access: 'report.override',
      body: correctReport,
      handle: ({ actor, params, body }) => reports.correct(actor, { reportId: id(params), ...body }),
    }),
    route({
      method: 'get',
      path: '/reports/:id/export.xlsx',
      summary: '导出附件',
      access: 'report.read',
      query: address,
      stream: true,
      handle: async ({ actor, params, query, response }) =>
        sendFile(response, await reports.export(actor, { reportId: id(params), ...query })),
    }),
  ]
}
