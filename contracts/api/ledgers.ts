import { z } from 'zod'

/** GET /api/ledgers */
export const ledgerList = z.object({ ledgers: z.array(z.object({ id: z.string(), title: z.string(), hint: z.string() })) })

/** GET /api/ledgers/:id?view=&town=&enterprise=&level=&status=&q=&cursor= ; /api/ledgers/:id/export.xlsx takes the same. */
export const ledgerPage = z.object({
  id: z.string(),
  title: z.string(),
  views: z.array(z.object({ id: z.string(), title: z.string(), count: z.number() })),
  columns: z.array(z.object({ key: z.string(), title: z.string(), width: z.number(), locked: z.boolean() })),
  rows: z.array(
    z.object({
      number: z.string(),
      cells: z.record(z.string(), z.string()),
      level: z.string().nullable(),
      status: z.string(),
      statusLabel: z.string(),
      dueAt: z.number().nullable(),
      overdueDays: z.number(),
      extended: z.boolean(),
      suspended: z.boolean().optional(),
      percent: z.number().nullable().optional(),
      /** The due date before it was extended. */
      originalDueAt: z.number().nullable().optional(),
    }),
  ),
  filters: z.array(z.object({ key: z.string(), title: z.string(), options: z.array(z.object({ value: z.string(), label: z.string() })) })),
  total: z.number(),
  overdue: z.number(),
  extended: z.number(),
  /** Money of the filtered set, in fen. */
  fundFen: z.number().optional(),
  nextCursor: z.string().nullable(),
})
export type LedgerPage = z.infer<typeof ledgerPage>
