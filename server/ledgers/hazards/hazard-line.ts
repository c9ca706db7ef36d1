import { DAY_MS, dayOf, industryTitle, timeOf } from '../../organisation/index.ts'
import { type RecordRow, statusLabel } from '../../records/index.ts'
import { wanToFen } from '../fact.ts'
import { wordsOf } from '../words-of.ts'

/** A hazard as the ledgers show it. */
export interface HazardLine {
  readonly record: RecordRow
  readonly enterpriseName: string
  readonly townName: string
  readonly industry: string
  readonly listingOrg: string
  readonly description: string
  readonly measures: string
  readonly fundFen: number | null
  /** Latest progress, 0 to 100. */
  readonly percent: number | null
  readonly isOpen: boolean
  /** Days after the due date; 0 when it is not over, or acceptance has begun. */
  readonly overdueDays: number
  readonly closedAt: number | null
}

export interface Names {
  readonly enterprises: ReadonlyMap<string, { readonly name: string; readonly industry: string }>
  readonly towns: ReadonlyMap<string, string>
  readonly people: ReadonlyMap<string, { readonly name: string }>
  /** Listing unit by the hazard's number. */
  readonly listings: ReadonlyMap<string, string>
}

export const LEVEL_LABELS: Readonly<Record<string, string>> = { GENERAL: '一般隐患', SUSPECTED_MAJOR: '疑似重大', MAJOR: '重大隐患' }
export const SOURCE_LABELS: Readonly<Record<string, string>> = {
  SELF: '企业自查',
  GROUP: '集团检查',
  TOWN: '乡镇排查',
  DEPT: '部门排查',
  TEAM: '检查组检查',
  EXPERT: '专家组巡查',
  TIPOFF: '举报',
  GRID: '网格',
  STOCK: '存量',
  DRILL: '演练',
}

export function hazardLine(record: RecordRow, names: Names, now: number): HazardLine {
  const enterprise = names.enterprises.get(record.enterpriseId ?? '')
  const five = objectAt(record.data, 'five')
  const isOpen = record.status !== 'CLOSED' && record.status !== 'VOID'
  const isLate = isOpen && record.status !== 'ACCEPTING' && record.dueAt !== null && now >= record.dueAt
  return {
    record,
    enterpriseName: enterprise?.name ?? '',
    townName: names.towns.get(record.townId ?? '') ?? '',
    industry: industryTitle(enterprise?.industry ?? ''),
    listingOrg: names.listings.get(record.number) ?? '',
    description: wordsOf(record.data.description),
    measures: wordsOf(five.measures ?? record.data.measures),
    fundFen: fundOf(five.fundWan ?? record.data.fundWan),
    percent: percentOf(record.data.progress),
    isOpen,
    overdueDays: isLate ? Math.floor((now - record.dueAt!) / DAY_MS) + 1 : 0,
    closedAt: typeof record.data.closedAt === 'number' ? record.data.closedAt : null,
  }
}

function objectAt(data: Readonly<Record<string, unknown>>, key: string): Readonly<Record<string, unknown>> {
  const value = data[key]
  return typeof value === 'object' && value !== null && !Array.isArray(value) ? (value as Readonly<Record<string, unknown>>) : {}
}

function fundOf(wan: unknown): number | null {
  if (wan === null || wan === undefined || wan === '' || !Number.isFinite(Number(wan))) return null
  return wanToFen(wan)
}

function percentOf(progress: unknown): number | null {
  const last: unknown = Array.isArray(progress) ? progress.at(-1) : progress
  if (typeof last !== 'object' || last === null || !('percent' in last)) return null
  const percent = Number(last.percent)
  return Number.isFinite(percent) ? percent : null
}

/** `12月18日` of the last day: `dueAt` is 00:00 of the day after. */
export function dueDay(dueAt: number | null): string {
  return dueAt === null ? '' : monthDayOf(dayOf(dueAt - 1))
}

/** `2023年12月20日 16:00`, or the text itself when it was typed as one. */
export function momentText(value: unknown): string {
  const at =
    typeof value === 'number'
      ? value
      : typeof value === 'string'
        ? Date.parse(value.length === 10 ? `${value}T00:00:00+08:00` : value)
        : Number.NaN
  if (!Number.isFinite(at)) return ''
  const day = dayOf(at)
  const time = timeOf(at)
  return `${day.slice(0, 4)}年${monthDayOf(day)}${time === '00:00' ? '' : ` ${time}`}`
}

const monthDayOf = (day: string) => `${Number(day.slice(5, 7))}月${Number(day.slice(8, 10))}日`

/** The state in words: 整改中 70%. */
export function stateText(line: HazardLine): string {
  const label = statusLabel(line.record.status)
  return line.record.status === 'RECTIFYING' && line.percent !== null ? `${label} ${line.percent}%` : label
}
