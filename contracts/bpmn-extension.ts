import { z } from 'zod'

/**
 * What a user task of a procedure says to the platform, beyond BPMN: its form, seats, outcomes, deadline, facts.
 * It stands in the model as `<bihuan:node>` with this JSON as its text, below `bpmn:extensionElements`; every engine ignores it.
 */
export const BIHUAN_NAMESPACE = 'http://bihuan.example/schema/1.0/bpmn'

/** Who: each rule yields people or one position; `slot` takes the county's list. approval.md §2. */
export const seatRule = z.discriminatedUnion('kind', [
  z.object({ kind: z.literal('position'), position: z.string(), of: z.enum(['county', 'town', 'enterprise', 'initiator-unit']) }),
  z.object({ kind: z.literal('initiator') }),
  z.object({ kind: z.literal('person-in-field'), field: z.string(), fallback: z.string().optional() }),
  z.object({ kind: z.literal('slot'), slot: z.string() }),
])
export type SeatRule = z.infer<typeof seatRule>

export const seatSetting = z.object({
  label: z.string().optional(),
  who: seatRule,
  /** Tried in order when `who` yields nobody who may act here (post vacant, or all its holders excluded). */
  fallback: z.array(seatRule).default([]),
  /** Working days from the opening of the seat, by the county's calendar; a slot path may stand instead. */
  dueWorkingDays: z.number().int().min(1).max(365).optional(),
  /** Slot (type `days`) that holds the working days; null there: no deadline. */
  dueSlot: z.string().optional(),
  /** What happens when the deadline passes: the seat is handed on (statutory nodes are never decided by time). */
  transferTo: seatRule.optional(),
})
export type SeatSetting = z.infer<typeof seatSetting>

export const OUTCOME_KINDS = ['approve', 'reject', 'other'] as const
export const outcomeSetting = z.object({
  code: z.string().regex(/^[A-Z][A-Z0-9_]*$/),
  /** On the button: 确认为重大隐患. */
  button: z.string(),
  /** In timelines and prints: 确认重大. */
  label: z.string(),
  kind: z.enum(OUTCOME_KINDS),
  signature: z.boolean().default(false),
  opinion: z.enum(['none', 'optional', 'required']).default('optional'),
  danger: z.boolean().default(false),
  /** Saves the form and records what is declared, but the seat stays open: an entry of progress. */
  stays: z.boolean().default(false),
  /** May the form be incomplete with this outcome (拒绝, 不属于隐患)? The fields of the seat are then not demanded. */
  lenient: z.boolean().default(false),
})
export type OutcomeSetting = z.infer<typeof outcomeSetting>

export const CELLS = ['hidden', 'read', 'edit', 'required'] as const
export type Cell = (typeof CELLS)[number]

/**
 * Which records a declaration speaks of: that of the instance, the hazards of a check that are not void, or those of a kind
 * that belong to the instance's record.
 */
export const RECORD_TARGETS = ['self', 'hazards', 'listing', 'dualReport'] as const
export type RecordTarget = (typeof RECORD_TARGETS)[number]
/** A target beside the instance's own record. */
export type RelatedTarget = Exclude<RecordTarget, 'self'>

/**
 * When a declaration takes effect: an outcome of the run, `*` for any, `seat:CODE` for one seat's vote (`seat:*` for any).
 * Outside user tasks (`<bihuan:effect>`) only `*`, when the element has completed.
 */
const on = z.string()
/** Only for target records whose data (or `status`, `level`) equal these values. */
const where = z.record(z.string(), z.unknown()).default({})

/** A fact that the node declares. */
export const factSetting = z.object({
  on,
  of: z.enum(RECORD_TARGETS).default('self'),
  where,
  type: z.string(),
  /** attribute → path in the record's data, `$variable` of the instance, or a literal `=text`. */
  attributes: z.record(z.string(), z.string()).default({}),
})

/** A change of the record when `on` happens. */
export const recordSetting = z.object({
  on,
  of: z.enum(RECORD_TARGETS).default('self'),
  where,
  status: z.string().optional(),
  /** path → path in the form, `$variable` of the instance, `=literal`, or `@now` / `@person`. */
  set: z.record(z.string(), z.string()).default({}),
  /** Flags to raise, or with a leading `-` to lower. */
  flags: z.array(z.string()).default([]),
})

/** A step of the server that data cannot say, by its name in `server/approval/effects`. */
export const effectCall = z.object({ on, effect: z.string() })

/** What an element that is no user task records when it completes: `<bihuan:effect>` with this JSON as its text. */
export const effectSetting = z.object({
  record: z.array(recordSetting).default([]),
  facts: z.array(factSetting).default([]),
  effects: z.array(effectCall).default([]),
})
export type EffectSetting = z.infer<typeof effectSetting>

export const nodeSetting = z.object({
  form: z.string().optional(),
  /**
   * The record's block under which the form's data is stored: '' = the record itself, `key` = that object, `key[]` = one entry
   * more for each decision (with `seat`, `personId`, `at`).
   */
  section: z.string().default(''),
  /**
   * Field path → cell; `*` stands for every field that is not named. Absent: `edit` at the procedure's first node, `read`
   * elsewhere. `edit` leaves the form's own required marks in force.
   */
  permissions: z.record(z.string(), z.enum(CELLS)).default({}),
  mode: z.enum(['SINGLE', 'SEQ', 'ALL', 'ANY']).default('SINGLE'),
  rejectRule: z.enum(['FIRST', 'AFTER_ALL']).default('FIRST'),
  /** Slots (type `choice`) of the county that stand before `mode` and `rejectRule`. */
  modeSlot: z.string().optional(),
  rejectRuleSlot: z.string().optional(),
  seats: z.array(seatSetting).min(1),
  /** Nodes of the record's whole life (its check included) whose deciders may not sit here. */
  distinctFrom: z.array(z.string()).default([]),
  /** Fields that only the last seat of a chain sees and writes (整改期限 of the confirming level). */
  lastSeatFields: z.array(z.string()).default([]),
  /** Statutory: `attests` may be the person who did the work, `checks` never the finder, drafter or rectifier. */
  statutory: z.enum(['attests', 'checks']).optional(),
  onEmpty: z.enum(['PROCESS_ADMIN', 'HOLD']).default('PROCESS_ADMIN'),
  outcomes: z.array(outcomeSetting).min(1),
  /** Nodes to which 退回 may go; absent: no 退回 here. */
  returnTo: z.array(z.object({ node: z.string(), button: z.string() })).default([]),
  /** engine variable → path in the form, or `=true`, `=false`, `=text`; `outcome` is always written. */
  variables: z.record(z.string(), z.string()).default({}),
  facts: z.array(factSetting).default([]),
  record: z.array(recordSetting).default([]),
  effects: z.array(effectCall).default([]),
  /** Clauses that ask for this step, printed as 法定依据. */
  basis: z.array(z.object({ law: z.string(), text: z.string() })).default([]),
  /** Named server checks that must hold before an outcome: `dualDone`, `principalToday` … */
  guards: z.array(z.object({ on: z.string(), check: z.string() })).default([]),
})
export type NodeSetting = z.infer<typeof nodeSetting>
