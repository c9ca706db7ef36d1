import type { ReportPage } from '../../../contracts/api/reports.ts'
import { dayOf, type Organisation } from '../../organisation/index.ts'
import { type DetailRow, monthDay } from './detail-rows.ts'
import type { LoadedReport } from './load-book.ts'
import type { Period } from './period.ts'
import type { FigureColumn } from './report-definition.ts'
import type { Comment, Override, ReportState, SnapshotCell } from './report-store.ts'

type Row = ReportPage['rows'][number]
type Step = ReportPage['steps'][number]
type Note = NonNullable<ReportPage['notes']>[number]

export interface PageParts {
  readonly report: LoadedReport
  readonly unitId: string
  readonly period: Period
  readonly details: readonly DetailRow[]
  readonly names: ReadonlyMap<string, string>
  /** Who signs for the unit: the town's head of the centre, the office's head for the county. */
  readonly signer: string
  /** epoch ms */
  readonly now: number
}

/** What the report page shows of a unit's period, but for what depends on the reader. Pure. */
export function reportPageOf(parts: PageParts): Omit<ReportPage, 'units' | 'seatId' | 'mayOverride' | 'mayCorrect'> {
  const { report, unitId, period } = parts
  const { definition, book, countyName } = report
  const isCounty = unitId === definition.countyCode
  const version = book.version(unitId, period)
  const state = version?.state ?? 'DRAFT'
  return {
    id: definition.id,
    title: definition.title,
    unit: { id: unitId, name: isCounty ? countyName : townName(report, unitId), isCounty },
    period: period.id,
    periods: book.periods.map(({ id, from, to, title }) => ({ id, from, to, title })),
    state,
    version: version?.version ?? 1,
    columns: definition.columns.map((column) => ({ ...head(column), kind: column.kind, rule: ruleOf(column.rule, period) })),
    rows: [...(isCounty ? [...report.towns.map((town) => townRow(parts, town)), ownRow(parts)] : []), periodRow(parts), totalRow(parts)],
    details: parts.details.map(({ recordId: _, ...row }) => row),
    checks: checksOf(parts),
    steps: isCounty ? countySteps(parts, state) : townSteps(parts, state),
    blockedBy: isCounty && state === 'DRAFT' ? blockedBy(report, period) : [],
    pendingConfirmation: book.pendingConfirmation(unitId, period),
    notes: notesOf(parts),
  }
}

const head = ({ key, number, group, title, unit }: { key: string; number: number; group: string | null; title: string; unit: string }) => ({
  key,
  number,
  group,
  title,
  unit,
})

/** The rule of a column with the period's bounds in words. */
export function ruleOf(rule: string, period: Pick<Period, 'from' | 'to'>): string {
  return rule.replace('{from}', `${monthDay(dayOf(period.from))} 00:00 `).replace('{to}', ` ${monthDay(dayOf(period.to - 1))} 24:00 `)
}

const townName = (report: LoadedReport, unitId: string) => report.towns.find((town) => town.id === unitId)?.name ?? ''

function townRow(parts: PageParts, town: { id: string; name: string }): Row {
  const { book } = parts.report
  const state: ReportState = book.version(town.id, parts.period)?.state ?? 'DRAFT'
  const cells = book.cells(town.id, parts.period)
  const late = parts.now >= parts.period.to && (state === 'DRAFT' || state === 'RETURNED')
  return {
    id: town.id,
    title: town.name,
    kind: 'town',
    state,
    late,
    cells: book.columns.map((column) => cellOf(parts, town.id, column, cells[column.key], book.total(town.id, parts.period, column).value)),
  }
}

/** 县局本级 fills only what it can own; the other cells are a dash. */
function ownRow(parts: PageParts): Row {
  const { book, definition } = parts.report
  const cells = book.ownCells(parts.period)
  return {
    id: 'county-own',
    title: definition.rows.own,
    kind: 'county-own',
    cells: book.columns.map((column) => ({
      column: column.key,
      value: cells[column.key]?.value ?? null,
      overridden: null,
      comment: null,
      cumulative: cells[column.key] === undefined ? null : book.ownTotal(parts.period, column).value,
    })),
  }
}

function periodRow(parts: PageParts): Row {
  const { book, definition } = parts.report
  const cells = book.cells(parts.unitId, parts.period)
  return {
    id: 'period',
    title: definition.rows.period,
    kind: 'period',
    cells: book.columns.map((column) => cellOf(parts, parts.unitId, column, cells[column.key])),
  }
}

function totalRow(parts: PageParts): Row {
  const { book, definition } = parts.report
  return {
    id: 'cumulative',
    title: definition.rows.cumulative,
    kind: 'cumulative',
    cells: book.columns.map((column) => ({
      column: column.key,
      value: book.total(parts.unitId, parts.period, column).value,
      overridden: null,
      comment: null,
    })),
  }
}

function cellOf(
  parts: PageParts,
  unitId: string,
  column: FigureColumn,
  cell: SnapshotCell | undefined,
  cumulative?: number,
): Row['cells'][number] {
  const override = cell?.override ?? null
  return {
    column: column.key,
    value: cell?.value ?? 0,
    overridden: override && { old: override.old, reason: override.reason, who: nameOf(parts, override.personId), at: override.at },
    comment: parts.report.book.comment(unitId, parts.period, column.key)?.words ?? null,
    ...(cumulative === undefined ? {} : { cumulative }),
  }
}

const nameOf = (parts: PageParts, personId: string) => parts.names.get(personId) ?? ''

function checksOf(parts: PageParts): ReportPage['checks'] {
  const { book, definition } = parts.report
  const total = (key: string) => {
    const column = book.columns.find((one) => one.key === key)
    return column ? book.total(parts.unitId, parts.period, column).value : 0
  }
  const checks = definition.checks.map((check) => {
    const [left, right] = [total(check.left), total(check.right)]
    return { ok: left <= right, text: `${check.text}（${left} 与 ${right}）` }
  })
  const found = total('majorFound')
  return [
    ...checks,
    { ok: parts.details.length === found, text: `重大隐患明细行数与累计排查数一致（${parts.details.length} 与 ${found}）` },
  ]
}

function countySteps({ report, period, signer }: PageParts, state: ReportState): Step[] {
  const states = report.towns.map((town) => report.book.version(town.id, period)?.state ?? 'DRAFT')
  const sent = states.filter((one) => one === 'SIGNED' || one === 'ACCEPTED').length
  const accepted = states.filter((one) => one === 'ACCEPTED').length
  const all = states.length
  const issued = state === 'ISSUED'
  const without = new Set(report.book.version(report.definition.countyCode, period)?.unconfirmed ?? [])
  const missing = report.towns.filter((town) => without.has(town.id)).map((town) => town.name)
  const unconfirmed = missing.length > 0 ? `，${missing.join('、')}未经镇确认` : ''
  const of = (done: boolean, now: boolean): Step['state'] => (done ? 'done' : now ? 'now' : 'ahead')
  return [
    { title: '各镇报送', state: of(issued || sent === all, true), note: `${sent} / ${all}${unconfirmed}` },
    { title: '县局审核', state: of(issued || accepted === all, sent > 0), note: `${accepted} / ${all}` },
    { title: '汇总去重', state: of(issued || accepted === all, false), note: '自动' },
    { title: '办公室主任签发', state: of(issued, accepted === all), note: signer },
    { title: '导出报送市局', state: of(false, issued), note: '' },
  ]
}

function townSteps({ signer }: PageParts, state: ReportState): Step[] {
  const done = ['SIGNED', 'ACCEPTED', 'ISSUED'].includes(state)
  return [
    { title: '填报核对', state: done ? 'done' : 'now', note: state === 'RETURNED' ? '已退回，请修改' : '' },
    { title: '负责人签字', state: done ? 'done' : 'ahead', note: signer },
    { title: '县局接收', state: state === 'SIGNED' ? 'now' : done ? 'done' : 'ahead', note: '' },
  ]
}

function blockedBy(report: LoadedReport, period: Period): string[] {
  const inState = (state: ReportState) =>
    report.towns.filter((town) => (report.book.version(town.id, period)?.state ?? 'DRAFT') === state).map((town) => town.name)
  const words: string[] = []
  const missing = inState('DRAFT')
  const returned = inState('RETURNED')
  const waiting = inState('SIGNED')
  if (missing.length > 0) words.push(`${missing.join('、')}未报送`)
  if (returned.length > 0) words.push(`${returned.join('、')}待重报`)
  if (waiting.length > 0) words.push(`${waiting.length} 个镇待审核`)
  return words
}

function notesOf(parts: PageParts): Note[] {
  const { report, unitId, period } = parts
  const { book, definition } = report
  const units = unitId === definition.countyCode ? [...report.towns.map((town) => town.id), unitId] : [unitId]
  const notes: Note[] = []
  for (const unit of units) {
    const cells = book.cells(unit, period)
    const where = unit === definition.countyCode ? definition.rows.period : townName(report, unit)
    for (const column of book.columns) {
      const place = `${where} · ${column.group ?? ''}${column.title}`
      const override = cells[column.key]?.override
      const comment = book.comment(unit, period, column.key)
      if (override) notes.push(overrideNote(parts, place, override))
      if (comment) notes.push(commentNote(parts, place, comment))
    }
  }
  notes.sort((a, b) => (a.at ?? 0) - (b.at ?? 0))
  return [...notes, ...correctionNotes(parts)]
}

const overrideNote = (parts: PageParts, place: string, override: Override): Note => ({
  kind: 'override',
  place,
  column: override.column,
  old: override.old,
  value: override.value,
  words: override.reason,
  who: nameOf(parts, override.personId),
  at: override.at,
})

const commentNote = (parts: PageParts, place: string, comment: Comment): Note => ({
  kind: 'comment',
  place,
  column: comment.column,
  old: null,
  value: null,
  words: comment.words,
  who: nameOf(parts, comment.personId),
  at: comment.at,
})

/** 累计 lost a hazard that became void after an earlier period was issued: a line 更正 names it. */
function correctionNotes({ report, unitId, period }: PageParts): Note[] {
  const { book } = report
  const numbers = new Map(
    book.factsOf(unitId).flatMap((fact) => (fact.recordId && fact.hazardNo ? [[fact.recordId, fact.hazardNo] as const] : [])),
  )
  return book.columns.flatMap((column) =>
    book.total(unitId, period, column).corrected.map((row) => ({
      kind: 'void' as const,
      place: `累计 · ${column.group ?? ''}${column.title}`,
      column: column.key,
      old: null,
      value: null,
      words: `更正：${numbers.get(row.recordId ?? '') ?? row.id} 已作废，不再计入累计`,
      who: '',
      at: null,
    })),
  )
}

/** Names of the people whom the page mentions. */
export async function namesOf(
  organisation: Organisation,
  countyCode: string,
  report: LoadedReport,
  unitIds: readonly string[],
  period: Period,
): Promise<ReadonlyMap<string, string>> {
  const ids = new Set<string>()
  for (const unitId of unitIds) {
    for (const cell of Object.values(report.book.cells(unitId, period))) if (cell.override) ids.add(cell.override.personId)
    for (const column of report.book.columns) {
      const comment = report.book.comment(unitId, period, column.key)
      if (comment) ids.add(comment.personId)
    }
    const version = report.book.version(unitId, period)
    for (const id of [version?.filledBy, version?.signedBy]) if (id) ids.add(id)
  }
  return new Map([...(await organisation.people.peopleByIds(countyCode, [...ids]))].map(([id, person]) => [id, person.name]))
}
