import type { HAZARD_LEVELS } from '../../contracts/api/inbox.ts'
import type { RECORD_KINDS } from '../../contracts/api/records.ts'

export type RecordKind = (typeof RECORD_KINDS)[number]

export const RECORD_FLAGS = ['returned', 'extended', 'suspended', 'overdue', 'repeated'] as const
export type RecordFlag = (typeof RECORD_FLAGS)[number]

export type HazardLevel = (typeof HAZARD_LEVELS)[number]

/** Statuses of every kind, with their words. A hazard's are the first nine (first-loop.md B21). */
export const STATUSES = {
  DRAFT: '草稿',
  SUBMITTED: '待签字',
  SIGNED: '已签字',
  CONFIRMING: '确认中',
  CONFIRMED: '已确认',
  RECTIFYING: '整改中',
  ACCEPTING: '待验收',
  CLOSED: '已销号',
  VOID: '已作废',
  FINISHED: '已完成',
  ISSUED: '已下达',
  RECEIVED: '已签收',
  LIFTED: '已摘牌',
  WITHDRAWN: '已撤回',
  DONE: '已报告',
  RETURNED: '已退回',
  ACCEPTED: '已接收',
  REFUSED: '不同意',
} as const
export type RecordStatus = keyof typeof STATUSES

export function statusLabel(status: string): string {
  return status in STATUSES ? STATUSES[status as RecordStatus] : status
}

/** What one case is and holds, for its whole life. `data` is by field key; times are epoch ms. */
export interface RecordRow {
  readonly id: string
  readonly countyCode: string
  readonly number: string
  readonly kind: RecordKind
  readonly title: string
  readonly status: string
  readonly flags: readonly RecordFlag[]
  readonly level: HazardLevel | null
  /** Who made it: until it is shared, it is seen by this side only. */
  readonly side: 'enterprise' | 'authority'
  /** It has once been more than a draft, a list without signature, or one of these taken back. Never taken off again. */
  readonly isShared: boolean
  readonly enterpriseId: string | null
  readonly townId: string | null
  readonly campaignId: string | null
  readonly dueAt: number | null
  readonly originalDueAt: number | null
  readonly data: Readonly<Record<string, unknown>>
  readonly createdBy: string
  readonly createdAt: number
  readonly updatedAt: number
  readonly rowVersion: number
}

export interface RecordRowText {
  record_id: string
  county_id: string
  number: string
  kind: RecordKind
  title: string
  status: string
  flags: string
  level: HazardLevel | null
  side: 'enterprise' | 'authority'
  is_shared: number
  enterprise_id: string | null
  town_id: string | null
  campaign_id: string | null
  due_at: number | null
  original_due_at: number | null
  data: string
  created_by: string
  created_at: number
  updated_at: number
  row_version: number
}

export const RECORD_COLUMNS =
  'record_id, county_id, number, kind, title, status, flags, level, side, is_shared, enterprise_id, town_id, campaign_id, due_at, original_due_at, data, created_by, created_at, updated_at, row_version'

export function recordOf(row: RecordRowText): RecordRow {
  return {
    id: row.record_id,
    countyCode: row.county_id,
    number: row.number,
    kind: row.kind,
    title: row.title,
    status: row.status,
    flags: row.flags.split(',').filter((flag): flag is RecordFlag => RECORD_FLAGS.some((known) => known === flag)),
    level: row.level,
    side: row.side,
    isShared: Boolean(row.is_shared),
    enterpriseId: row.enterprise_id,
    townId: row.town_id,
    campaignId: row.campaign_id,
    dueAt: row.due_at === null ? null : Number(row.due_at),
    originalDueAt: row.original_due_at === null ? null : Number(row.original_due_at),
    data: JSON.parse(row.data),
    createdBy: row.created_by,
    createdAt: Number(row.created_at),
    updatedAt: Number(row.updated_at),
    rowVersion: Number(row.row_version),
  }
}

/** A record in one of these has not been shown to the other side by what it became. */
const OF_ITS_OWN_SIDE: readonly string[] = ['DRAFT', 'SUBMITTED', 'VOID', 'WITHDRAWN'] satisfies RecordStatus[]

export const sharesRecord = (status: string): boolean => !OF_ITS_OWN_SIDE.includes(status)

/** `,a,b,` so that a flag is found by `like '%,a,%'`. */
export const flagsText = (flags: readonly RecordFlag[]): string => (flags.length === 0 ? '' : `,${flags.join(',')},`)
