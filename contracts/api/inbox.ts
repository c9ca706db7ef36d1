import { z } from 'zod'
import { CELLS, outcomeSetting } from '../bpmn-extension.ts'

export const HAZARD_LEVELS = ['GENERAL', 'SUSPECTED_MAJOR', 'MAJOR'] as const

export const inboxItem = z.object({
  /** Seat id; for the tab `mine` the instance's record number is what opens. */
  seatId: z.string(),
  procedureName: z.string(),
  nodeName: z.string(),
  title: z.string(),
  /** 周村镇 · 泽州县… */
  place: z.string(),
  arrivedAt: z.number(),
  dueAt: z.number().nullable(),
  group: z.enum(['overdue', 'soon', 'other']),
  level: z.enum(HAZARD_LEVELS).nullable(),
  unread: z.boolean(),
  recordNumber: z.string().nullable(),
  /** 已办: the outcome's label. 我发起: the state in words of approval.md §12. */
  state: z.string(),
  doneAt: z.number().nullable(),
})
export type InboxItem = z.infer<typeof inboxItem>

/** GET /api/inbox?tab=todo|done|mine&q=&cursor= */
export const inboxPage = z.object({
  items: z.array(inboxItem),
  counts: z.object({ todo: z.number(), overdue: z.number() }),
  nextCursor: z.string().nullable(),
})
export type InboxPage = z.infer<typeof inboxPage>

export const signature = z.object({
  /** PNG data URL of the pad, at most 200 KB. */
  image: z.string().startsWith('data:image/png;base64,').max(300_000),
  /** Number of strokes; at least two. */
  strokes: z.number().int().min(2),
})

export const timelineStep = z.object({
  at: z.number().nullable(),
  nodeId: z.string(),
  nodeName: z.string(),
  personName: z.string(),
  post: z.string(),
  /** Outcome's label, 退回, 待办 … */
  result: z.string(),
  kind: z.enum(['done', 'returned', 'now', 'waiting', 'ahead', 'skipped']),
  opinion: z.string().nullable(),
  signatureId: z.string().nullable(),
  round: z.number(),
  mine: z.boolean(),
})
export type TimelineStep = z.infer<typeof timelineStep>

export const diagram = z.object({
  definitionId: z.string(),
  name: z.string(),
  xml: z.string(),
  active: z.array(z.string()),
  done: z.array(z.string()),
  failed: z.array(z.string()),
})
export type Diagram = z.infer<typeof diagram>

export const formView = z.object({
  key: z.string(),
  code: z.string(),
  title: z.string(),
  version: z.number(),
  /** Formily schema, already reduced to what this seat may see. */
  schema: z.unknown(),
  values: z.record(z.string(), z.unknown()),
  permissions: z.record(z.string(), z.enum(CELLS)),
  /** What the rules of the form may read besides its values: `$user`, `$node`, and those settings that they name. */
  context: z
    .object({
      user: z.record(z.string(), z.unknown()),
      node: z.record(z.string(), z.unknown()),
      settings: z.record(z.string(), z.unknown()),
    })
    .optional(),
  /** Options of pickers and sheets that the form needs, by field path. */
  sources: z.record(z.string(), z.unknown()).default({}),
})
export type FormView = z.infer<typeof formView>

/** GET /api/seats/:id: everything on the task page. */
export const taskPage = z.object({
  seatId: z.string(),
  state: z.enum(['OPEN', 'WAITING', 'DONE', 'SKIPPED', 'REMOVED']),
  decidedBy: z.string().nullable(),
  procedureId: z.string(),
  procedureName: z.string(),
  procedureVersion: z.number(),
  nodeId: z.string(),
  nodeName: z.string(),
  title: z.string(),
  /** Head facts: 企业, 所在镇, 发现时间 … in order. */
  facts: z.array(z.object({ label: z.string(), value: z.string() })),
  level: z.enum(HAZARD_LEVELS).nullable(),
  recordNumber: z.string().nullable(),
  dueAt: z.number().nullable(),
  arrivedAt: z.number(),
  form: formView.nullable(),
  /** Read-only forms of earlier nodes, newest first: what the decision rests on. */
  background: z.array(formView.extend({ nodeName: z.string() })),
  outcomes: z.array(outcomeSetting),
  returnTargets: z.array(z.object({ node: z.string(), button: z.string() })),
  /** The rule of the run as a sentence: 一级、二级依次确认… */
  rule: z.string(),
  why: z.string(),
  basis: z.array(z.object({ law: z.string(), text: z.string() })),
  changes: z.array(z.object({ field: z.string(), before: z.string(), after: z.string() })),
  timeline: z.array(timelineStep),
  diagram: diagram,
  /** What blocks an outcome now, in words. */
  blocked: z.array(z.object({ outcome: z.string(), reason: z.string() })),
})
export type TaskPage = z.infer<typeof taskPage>

/** POST /api/seats/:id/decide */
export const decide = z.object({
  requestId: z.string().min(8).max(64),
  outcome: z.string(),
  form: z.record(z.string(), z.unknown()).default({}),
  opinion: z.string().max(2000).default(''),
  signature: signature.optional(),
})
export const decided = z.object({ sentence: z.string(), nextSeatId: z.string().nullable() })
export type Decided = z.infer<typeof decided>

/** POST /api/seats/:id/return (退回) */
export const returnSeat = z.object({
  requestId: z.string().min(8).max(64),
  target: z.string(),
  reason: z.string().min(1).max(2000),
  fields: z.array(z.string()).default([]),
})

/** PUT /api/seats/:id/draft and PUT /api/start/:procedure/draft */
export const saveDraft = z.object({ form: z.record(z.string(), z.unknown()) })
