import { z } from 'zod'

/** GET /api/reports */
export const reportList = z.object({ reports: z.array(z.object({ id: z.string(), title: z.string() })) })

export const reportCell = z.object({
  column: z.string(),
  /** null: the row cannot own this cell, printed as a dash. Money in fen. */
  value: z.number().nullable(),
  overridden: z.object({ old: z.number(), reason: z.string(), who: z.string(), at: z.number() }).nullable(),
  comment: z.string().nullable(),
  /** 累计 of a town's or the county's own cell; the rows `period` and `cumulative` say it by themselves. */
  cumulative: z.number().nullable().optional(),
})

/** GET /api/reports/:id?unit=&period= */
export const reportPage = z.object({
  id: z.string(),
  title: z.string(),
  unit: z.object({ id: z.string(), name: z.string(), isCounty: z.boolean() }),
  units: z.array(z.object({ id: z.string(), name: z.string() })),
  period: z.string(),
  periods: z.array(z.object({ id: z.string(), from: z.number(), to: z.number(), title: z.string() })),
  state: z.enum(['DRAFT', 'SIGNED', 'RETURNED', 'ACCEPTED', 'ISSUED']),
  version: z.number(),
  columns: z.array(
    z.object({
      key: z.string(),
      number: z.number(),
      group: z.string().nullable(),
      title: z.string(),
      unit: z.string(),
      kind: z.enum(['text', 'count', 'distinct', 'money']),
      rule: z.string(),
    }),
  ),
  rows: z.array(
    z.object({
      id: z.string(),
      title: z.string(),
      kind: z.enum(['period', 'cumulative', 'town', 'county-own']),
      /** Of a town's row: where its report stands, and whether it is late (from 00:00 of the day after the cut-off). */
      state: z.enum(['DRAFT', 'SIGNED', 'RETURNED', 'ACCEPTED', 'ISSUED']).optional(),
      late: z.boolean().optional(),
      cells: z.array(reportCell),
    }),
  ),
  details: z.array(
    z.object({
      seq: z.number(),
      number: z.string(),
      enterpriseName: z.string(),
      townName: z.string(),
      industry: z.string(),
      listingOrg: z.string(),
      detailAndPlan: z.string(),
    }),
  ),
  checks: z.array(z.object({ ok: z.boolean(), text: z.string() })),
  steps: z.array(z.object({ title: z.string(), state: z.enum(['done', 'now', 'ahead']), note: z.string() })),
  blockedBy: z.array(z.string()),
  /** The seat of mine that submits, accepts or issues this report, if there is one. */
  seatId: z.string().nullable(),
  mayOverride: z.boolean(),
  pendingConfirmation: z.number(),
  /** Whether I may open a new version of what was issued (更正). */
  mayCorrect: z.boolean().optional(),
  /** Corrections by hand and comments, a line each, oldest first. */
  notes: z
    .array(
      z.object({
        kind: z.enum(['override', 'comment', 'void']),
        place: z.string(),
        old: z.number().nullable(),
        value: z.number().nullable(),
        column: z.string(),
        words: z.string(),
        who: z.string(),
        at: z.number().nullable(),
      }),
    )
    .optional(),
})
export type ReportPage = z.infer<typeof reportPage>

/** GET /api/reports/:id/cell?unit=&period=&row=&column= */
export const reportCellRows = z.object({
  rule: z.string(),
  value: z.number(),
  rows: z.array(
    z.object({
      id: z.string(),
      number: z.string().nullable(),
      title: z.string(),
      who: z.string(),
      at: z.number(),
      amountFen: z.number().nullable(),
    }),
  ),
})
export type ReportCellRows = z.infer<typeof reportCellRows>

/** POST /api/reports/:id/override */
export const overrideCell = z.object({
  unit: z.string(),
  period: z.string(),
  column: z.string(),
  value: z.number().int().min(0),
  reason: z.string().min(10).max(500),
})
/** DELETE /api/reports/:id/override?unit=&period=&column= restores the system's value. GET /api/reports/:id/export.xlsx?unit=&period= */

/** POST /api/reports/:id/comment: a comment at a cell; the town sees it when its report comes back. */
export const commentCell = z.object({ unit: z.string(), period: z.string(), column: z.string(), words: z.string().min(1).max(500) })

/** POST /api/reports/:id/correct: opens a new version of an issued period (更正); the old one is kept. */
export const correctReport = z.object({ unit: z.string(), period: z.string() })
