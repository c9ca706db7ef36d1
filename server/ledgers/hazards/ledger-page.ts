import type { LedgerPage } from '../../../contracts/api/ledgers.ts'
import { statusLabel } from '../../records/index.ts'
import { type HazardLine, LEVEL_LABELS, type Names } from './hazard-line.ts'
import type { LedgerDefinition } from './ledger-definition.ts'

/** What the address of a ledger says. */
export interface LedgerQuery {
  readonly view?: string | undefined
  readonly town?: string | undefined
  readonly enterprise?: string | undefined
  readonly level?: string | undefined
  readonly status?: string | undefined
  readonly q?: string | undefined
  readonly cursor?: string | undefined
}

export const PAGE_SIZE = 50

/** The lines of a ledger under a view and filters: overdue first, then by due date, extended last. Pure. */
export function selectLines(
  ledger: LedgerDefinition,
  lines: readonly HazardLine[],
  query: LedgerQuery,
  now: number,
): readonly HazardLine[] {
  const view = ledger.views.find((one) => one.id === query.view) ?? ledger.views[0]!
  return filtered(ledger, lines, query)
    .filter((line) => view.shows(line, now))
    .sort(byUrgency)
}

/** One page of a ledger, with the counts of its views and the choices of its filters. Pure. */
export function ledgerPageOf(
  ledger: LedgerDefinition,
  lines: readonly HazardLine[],
  query: LedgerQuery,
  names: Names,
  now: number,
): LedgerPage {
  const within = filtered(ledger, lines, query)
  const selected = selectLines(ledger, lines, query, now)
  const from = Math.max(0, Number(query.cursor ?? 0) || 0)
  const shown = selected.slice(from, from + PAGE_SIZE)
  return {
    id: ledger.id,
    title: ledger.title,
    views: ledger.views.map((view) => ({ id: view.id, title: view.title, count: within.filter((line) => view.shows(line, now)).length })),
    columns: ledger.columns.map(({ key, title, width, locked }) => ({ key, title, width, locked })),
    rows: shown.map((line, index) => rowOf(ledger, line, from + index + 1, names)),
    filters: filtersOf(ledger.id, lines.filter(ledger.belongs)),
    total: selected.length,
    overdue: selected.filter((line) => line.overdueDays > 0).length,
    extended: selected.filter((line) => line.record.flags.includes('extended')).length,
    fundFen: selected.reduce((sum, line) => sum + (line.fundFen ?? 0), 0),
    nextCursor: from + PAGE_SIZE < selected.length ? String(from + PAGE_SIZE) : null,
  }
}

/** The cells of a line by column key. */
export function cellsOf(ledger: LedgerDefinition, line: HazardLine, seq: number, names: Names): Record<string, string> {
  return Object.fromEntries(ledger.columns.map((column) => [column.key, column.cell(line, { seq, names })]))
}

function rowOf(ledger: LedgerDefinition, line: HazardLine, seq: number, names: Names): LedgerPage['rows'][number] {
  const { record } = line
  return {
    number: record.number,
    cells: cellsOf(ledger, line, seq, names),
    level: record.level,
    status: record.status,
    statusLabel: statusLabel(record.status),
    dueAt: record.dueAt,
    overdueDays: line.overdueDays,
    extended: record.flags.includes('extended'),
    suspended: record.flags.includes('suspended'),
    percent: line.record.status === 'RECTIFYING' ? line.percent : null,
    originalDueAt: record.originalDueAt,
  }
}

function filtered(ledger: LedgerDefinition, lines: readonly HazardLine[], query: LedgerQuery): HazardLine[] {
  const words = (query.q ?? '').trim().toLowerCase()
  const chosen = (wanted: string | undefined, value: string | null) =>
    wanted === undefined || wanted === '' || wanted.split(',').includes(value ?? '')
  return lines.filter(
    (line) =>
      ledger.belongs(line) &&
      chosen(query.town, line.record.townId) &&
      chosen(query.enterprise, line.record.enterpriseId) &&
      chosen(query.level, line.record.level) &&
      chosen(query.status, line.record.status) &&
      (words === '' ||
        [line.record.number, line.enterpriseName, line.description, line.record.title].some((text) => text.toLowerCase().includes(words))),
  )
}

function byUrgency(a: HazardLine, b: HazardLine): number {
  if (a.overdueDays !== b.overdueDays) return b.overdueDays - a.overdueDays
  if (a.isOpen !== b.isOpen) return a.isOpen ? -1 : 1
  const due = (line: HazardLine) => line.record.dueAt ?? Number.MAX_SAFE_INTEGER
  if (a.isOpen && due(a) !== due(b)) return due(a) - due(b)
  return b.record.createdAt - a.record.createdAt || (a.record.number < b.record.number ? -1 : 1)
}

function filtersOf(ledgerId: string, lines: readonly HazardLine[]): LedgerPage['filters'] {
  const options = (key: (line: HazardLine) => string | null, label: (line: HazardLine) => string) => {
    const found = new Map<string, string>()
    for (const line of lines) {
      const value = key(line)
      if (value !== null && !found.has(value)) found.set(value, label(line))
    }
    return [...found].map(([value, text]) => ({ value, label: text })).sort((a, b) => (a.value < b.value ? -1 : 1))
  }
  const town = {
    key: 'town',
    title: '所在镇',
    options: options(
      (line) => line.record.townId,
      (line) => line.townName,
    ),
  }
  const enterprise = {
    key: 'enterprise',
    title: '企业',
    options: options(
      (line) => line.record.enterpriseId,
      (line) => line.enterpriseName,
    ),
  }
  const level = {
    key: 'level',
    title: '级别',
    options: options(
      (line) => line.record.level,
      (line) => LEVEL_LABELS[line.record.level ?? ''] ?? '',
    ),
  }
  const status = {
    key: 'status',
    title: '状态',
    options: options(
      (line) => line.record.status,
      (line) => statusLabel(line.record.status),
    ),
  }
  return ledgerId === 'major-hazards' ? [town, enterprise, status] : [enterprise, town, level, status]
}
