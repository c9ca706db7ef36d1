import type { LedgerPage } from '../../../contracts/api/ledgers.ts'
import { documentNo, isSerial } from '../../documents/index.ts'
import type { Actor } from '../../identity/actor.ts'
import { type Clock, dayOf, type Organisation } from '../../organisation/index.ts'
import type { Records } from '../../records/index.ts'
import { exportTable } from '../export-table.ts'
import type { LedgerQuery } from '../hazards/ledger-page.ts'

const COLUMNS = [
  { key: 'seq', title: '序号', width: 82, locked: true },
  { key: 'documentNo', title: '文号', width: 180, locked: true },
  { key: 'recordNumber', title: '隐患编号', width: 150, locked: true },
  { key: 'title', title: '隐患', width: 0, locked: true },
  { key: 'assignedOn', title: '编号日期', width: 120, locked: true },
  { key: 'status', title: '状态', width: 90, locked: true },
  { key: 'voidReason', title: '作废原因', width: 220, locked: true },
] as const

const VIEWS = [
  { id: 'all', title: '全部' },
  { id: 'void', title: '已作废' },
] as const

export const NUMBER_REGISTER = { id: 'document-numbers', title: '文号登记簿', hint: '督办等文书的编号，连续不断号，作废的列明原因' }

/** The register of document numbers: nothing is missing between the first and the last, and what is void says why (first-loop.md B22). */
export interface NumberRegister {
  page(actor: Actor, query: LedgerQuery): Promise<LedgerPage>
  export(actor: Actor, query: LedgerQuery): Promise<{ name: string; content: Uint8Array }>
}

export function makeNumberRegister({
  organisation,
  records,
  clock,
}: {
  organisation: Organisation
  records: Records
  clock: Clock
}): NumberRegister {
  async function read(actor: Actor, query: LedgerQuery) {
    const county = await organisation.places.county(actor.countyCode)
    const visible = new Map((await records.store.list(actor, { kinds: ['hazard'], limit: 5000 })).map((row) => [row.number, row]))
    const rows = (await records.numbers.documentRegister(actor.countyCode)).flatMap((number) => {
      const record = visible.get(number.purpose)
      if (!record || !isSerial(number.series)) return []
      const isVoid = number.voidedAt !== null
      const cells = {
        documentNo: documentNo(county?.shortName ?? '', number.series, number),
        recordNumber: record.number,
        title: record.title,
        assignedOn: dayOf(number.assignedAt),
        status: isVoid ? '已作废' : '有效',
        voidReason: number.voidReason ?? '',
      }
      return [{ record, isVoid, cells }]
    })
    const words = (query.q ?? '').trim()
    const found = rows.filter(({ cells }) => words === '' || Object.values(cells).some((text) => text.includes(words)))
    const shown = query.view === 'void' ? found.filter((row) => row.isVoid) : found
    return { county, found, shown: shown.map((row, index) => ({ ...row, cells: { seq: String(index + 1), ...row.cells } })) }
  }

  return {
    async page(actor, query) {
      const { found, shown } = await read(actor, query)
      return {
        id: NUMBER_REGISTER.id,
        title: NUMBER_REGISTER.title,
        views: VIEWS.map((view) => ({ ...view, count: view.id === 'void' ? found.filter((row) => row.isVoid).length : found.length })),
        columns: COLUMNS.map((column) => ({ ...column })),
        rows: shown.map(({ record, isVoid, cells }) => ({
          number: record.number,
          cells,
          level: record.level,
          status: isVoid ? 'VOID' : 'ISSUED',
          statusLabel: cells.status,
          dueAt: null,
          overdueDays: 0,
          extended: false,
        })),
        filters: [],
        total: shown.length,
        overdue: 0,
        extended: 0,
        nextCursor: null,
      }
    },

    async export(actor, query) {
      const { county, shown } = await read(actor, query)
      const day = dayOf(clock.now())
      const place = county?.name ?? ''
      const content = await exportTable({ title: NUMBER_REGISTER.title, place, day, columns: COLUMNS, rows: shown.map((row) => row.cells) })
      return { name: `${NUMBER_REGISTER.title}-${place}-${day}.xlsx`, content }
    },
  }
}
