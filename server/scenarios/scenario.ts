import { z } from 'zod'

const alias = z.string().min(1)
const form = z.record(z.string(), z.unknown())
const instant = z.iso.datetime({ offset: true })
/** A record: the name of a step that started one, `check.hazards[0]`, or a number. */
const of = z.string().min(1)

const refused = z.strictObject({ field: z.string().optional(), code: z.string().optional() })

/** What must hold; several may stand together. */
export const expectation = z.strictObject({
  inbox: z.strictObject({ as: alias, count: z.number().int(), node: z.string().optional(), of: of.optional() }).optional(),
  record: z
    .strictObject({
      of,
      status: z.string().optional(),
      level: z.string().nullable().optional(),
      flags: z.array(z.string()).optional(),
      number: z.string().optional(),
      dueDate: z.string().optional(),
      data: form.optional(),
    })
    .optional(),
  task: z
    .strictObject({
      of,
      node: z.string(),
      as: alias.optional(),
      open: z.boolean().default(true),
      seat: z.number().int().optional(),
      round: z.number().int().optional(),
      blocked: z.string().optional(),
      changes: z.array(z.string()).optional(),
      fields: form.optional(),
    })
    .optional(),
  refused: refused.optional(),
  report: z
    .strictObject({
      id: z.string(),
      unit: z.string(),
      period: z.string(),
      row: z.enum(['period', 'cumulative']),
      cells: z.record(z.string(), z.number()),
    })
    .optional(),
  ledger: z.strictObject({ id: z.string(), as: alias, count: z.number().int(), view: z.string().optional() }).optional(),
  fact: z.strictObject({ type: z.string(), of: of.optional(), count: z.number().int(), attributes: form.optional() }).optional(),
  document: z.strictObject({ of, count: z.number().int(), title: z.string().optional() }).optional(),
  notification: z.strictObject({ as: alias, count: z.number().int(), notice: z.string().optional(), of: of.optional() }).optional(),
  visible: z.strictObject({ of, as: alias, is: z.boolean() }).optional(),
  active: z.strictObject({ of, nodes: z.array(z.string()) }).optional(),
  ended: z.strictObject({ of }).optional(),
  incidents: z.strictObject({ count: z.number().int() }).optional(),
})
export type Expectation = z.infer<typeof expectation>

/** One step: somebody does something, time passes, something is set, or something must hold. */
export const step = z.strictObject({
  note: z.string().optional(),
  at: instant.optional(),
  as: alias.optional(),
  start: z.string().optional(),
  name: z.string().optional(),
  task: z.strictObject({ of, node: z.string(), seat: z.number().int().optional() }).optional(),
  outcome: z.string().optional(),
  form: form.optional(),
  opinion: z.string().optional(),
  /** False: without a signature, to see it refused. */
  sign: z.boolean().default(true),
  return: z.strictObject({ to: z.string(), reason: z.string(), fields: z.array(z.string()).default([]) }).optional(),
  /** The same text twice is the same request, sent again. */
  requestId: z.string().optional(),
  message: z.strictObject({ name: z.string(), of, all: z.boolean().default(false) }).optional(),
  advance: instant.optional(),
  configure: form.optional(),
  publish: z
    .strictObject({
      form: z.string().optional(),
      add: form.optional(),
      procedure: z.string().optional(),
      replace: z.array(z.tuple([z.string(), z.string()])).optional(),
      slots: form.optional(),
      note: z.string().default('场景发布'),
    })
    .optional(),
  appoint: z.strictObject({ person: alias, position: z.string(), place: z.string() }).optional(),
  relieve: z.strictObject({ person: alias, position: z.string() }).optional(),
  /** Workers of these topics are away from now on; an empty list brings them back. */
  hold: z.array(z.string()).optional(),
  /** Corrects a cell of a report's draft by hand. */
  override: z
    .strictObject({ report: z.string(), unit: z.string(), period: z.string(), column: z.string(), value: z.number(), reason: z.string() })
    .optional(),
  expect: expectation.optional(),
})
export type Step = z.infer<typeof step>

/** A test case that an administrator can read (testing.md §3). */
export const scenario = z.strictObject({
  title: z.string(),
  county: z.string(),
  organisation: z.literal('demo').default('demo'),
  clock: instant,
  /** True: one of those that make the demonstration county's history. */
  history: z.boolean().default(false),
  note: z.string().optional(),
  steps: z.array(step).min(1),
})
export type Scenario = z.infer<typeof scenario>

/** A step did not go as the scenario says. */
export class ScenarioFailure extends Error {
  override readonly name = 'ScenarioFailure'
}
