import type { Database, Tx } from '../../database/database.ts'
import type { Reports } from '../ledgers/index.ts'
import { type Clock, isPosition, nationalCalendar, type Organisation, type PositionKey } from '../organisation/index.ts'
import type { RecordRow, Records } from '../records/index.ts'
import type { OpenSeat } from './open-seats.ts'
import { dueReminder, HAZARD_OFFSETS, lastDayOf, REPORT_OFFSETS } from './reminder-rules.ts'
import type { Tell, Telling } from './tell.ts'

export interface RemindDeps {
  readonly database: Database
  readonly clock: Clock
  readonly organisation: Organisation
  readonly records: Records
  readonly reports: Reports
  readonly openSeats: () => Promise<readonly OpenSeat[]>
  readonly tell: Tell
}

/** Sends the reminders that are due by the county's clock, each once. Answers how many went out. */
export function makeRemind(deps: RemindDeps): () => Promise<number> {
  const { clock, organisation, records, reports, openSeats } = deps
  // What is late stays late for weeks and is looked at every half minute: what the last round has found sent is not asked for again.
  let known: ReadonlySet<string> = new Set()
  let found = new Set<string>()
  return async () => {
    known = found
    found = new Set()
    const now = clock.now()
    const seats = await openSeats()
    let sent = 0
    for (const county of await organisation.places.counties()) {
      const own = seats.filter((seat) => seat.countyCode === county.code)
      sent += await remindOfHazards(county.code, own, now)
      for (const seat of own) sent += await remindOfSeat(seat, now)
      sent += await remindOfReports(county.code, now)
    }
    return sent
  }

  async function remindOfHazards(countyCode: string, seats: readonly OpenSeat[], now: number): Promise<number> {
    const openedAt = new Map<string, number>()
    for (const seat of seats) openedAt.set(seat.recordId, Math.min(seat.openedAt, openedAt.get(seat.recordId) ?? Number.MAX_SAFE_INTEGER))
    if (openedAt.size === 0) return 0
    const hazards = await records.store.listAll(countyCode, { kinds: ['hazard'], statuses: ['CONFIRMED', 'RECTIFYING'], limit: 5000 })
    let sent = 0
    for (const hazard of hazards) {
      const since = openedAt.get(hazard.id)
      if (since === undefined || hazard.dueAt === null) continue
      const lastDay = lastDayOf(hazard.dueAt)
      const due = dueReminder(lastDay, HAZARD_OFFSETS, since, now)
      if (!due || isKnown(hazard.id, due.rule, hazard.dueAt)) continue
      const people = [
        ...(await holders(countyCode, ['ENT_SAFETY_STAFF', 'ENT_PRINCIPAL'], { enterpriseId: hazard.enterpriseId })),
        ...owner(hazard),
      ]
      const words = `${hazard.number} 的整改期限是 ${chineseDay(lastDay)}，还有 ${due.days} 天：${hazard.title}。`
      sent += await once(hazard.id, due.rule, hazard.dueAt, {
        countyCode,
        personIds: people,
        notice: 'hazard-due',
        title: due.days === 1 ? '隐患明天到期' : `隐患还有 ${due.days} 天到期`,
        words,
        recordNumber: hazard.number,
        purpose: `hazard-due ${hazard.id} ${hazard.dueAt} ${due.rule}`,
      })
    }
    return sent
  }

  /** Unsigned lists are reminded, confirmations that take too long are told to the head; the seat stays where it is (B27). */
  async function remindOfSeat(seat: OpenSeat, now: number): Promise<number> {
    const { countyCode } = seat
    const told = async (rule: string, dueAt: number, people: () => Promise<readonly string[]>, title: string) => {
      if (isKnown(seat.id, rule, dueAt)) return 0
      const record = await records.store.byId(seat.recordId)
      const words = `${record?.title ?? ''}（${record?.number ?? ''}）在“${seat.nodeName}”等待办理。`
      return once(seat.id, rule, dueAt, {
        countyCode,
        personIds: await people(),
        notice: rule,
        title,
        words,
        recordNumber: record?.number ?? null,
        purpose: `${rule} ${seat.id}`,
      })
    }
    let sent = 0
    if (seat.nodeId === 'principal-sign') {
      const days = await organisation.settings.get(countyCode, 'principalSign.remindAfterWorkingDays')
      const dueAt = nationalCalendar.dueAfter(seat.openedAt, days)
      if (now >= dueAt) sent += await told('sign-reminder', dueAt, () => peopleOf(seat), '请签字：清单还没有签字')
    }
    if (seat.nodeId === 'confirm') {
      const days = await organisation.settings.get(countyCode, 'confirm.escalateAfterWorkingDays')
      const dueAt = nationalCalendar.dueAfter(seat.openedAt, days)
      if (now >= dueAt) sent += await told('confirm-escalated', dueAt, () => holders(countyCode, ['BUREAU_HEAD'], {}), '重大隐患确认超时')
    }
    if (seat.dueAt !== null && now >= seat.dueAt)
      sent += await told('seat-overdue', seat.dueAt, () => peopleOf(seat), `待办已超期：${seat.nodeName}`)
    return sent
  }

  async function remindOfReports(countyCode: string, now: number): Promise<number> {
    let sent = 0
    for (const { reportId, title, period, to, opensAt, townId, townName } of await reports.unsigned(countyCode)) {
      const lastDay = lastDayOf(to)
      const people = await holders(countyCode, ['TOWN_STAFF', 'TOWN_CENTER_HEAD'], { townId })
      const due = dueReminder(lastDay, REPORT_OFFSETS, opensAt, now)
      const base = { countyCode, notice: 'report-due', recordNumber: null }
      if (due) {
        const words = `${townName}的${title}（截至 ${chineseDay(period)}）还没有报送，截止 ${chineseDay(lastDay)} 24:00。`
        sent += await once(`report ${reportId} ${townId}`, due.rule, to, {
          ...base,
          personIds: people,
          title: `报表还有 ${due.days} 天截止`,
          words,
          purpose: `report-due ${reportId} ${townId} ${period} ${due.rule}`,
        })
      }
      if (now >= to) {
        const office = await holders(countyCode, ['CAMPAIGN_OFFICE_HEAD', 'CAMPAIGN_OFFICE_CLERK'], {})
        const words = `${townName}的${title}（截至 ${chineseDay(period)}）逾期未报送。`
        sent += await once(`report ${reportId} ${townId}`, 'late', to, {
          ...base,
          personIds: [...people, ...office],
          title: '报表迟报',
          words,
          purpose: `report-late ${reportId} ${townId} ${period}`,
        })
      }
    }
    return sent
  }

  async function once(subject: string, rule: string, dueAt: number, telling: Telling): Promise<number> {
    if (isKnown(subject, rule, dueAt)) return 0
    const sent = await deps.database.transaction(async (tx: Tx) => {
      const before = await tx.query('select sent_at from reminder where subject = ? and rule = ? and due_at = ?', [subject, rule, dueAt])
      if (before.length > 0) return 0
      await tx.query('insert into reminder (subject, rule, due_at, sent_at) values (?, ?, ?, ?)', [subject, rule, dueAt, clock.now()])
      return deps.tell(tx, telling)
    })
    found.add(keyOf(subject, rule, dueAt))
    return sent
  }

  function isKnown(subject: string, rule: string, dueAt: number): boolean {
    const key = keyOf(subject, rule, dueAt)
    if (known.has(key)) found.add(key)
    return found.has(key)
  }

  async function peopleOf(seat: OpenSeat): Promise<readonly string[]> {
    if (seat.personId !== null) return [seat.personId]
    if (seat.position === null || !isPosition(seat.position)) return []
    return holders(seat.countyCode, [seat.position], seat)
  }

  async function holders(
    countyCode: string,
    positions: readonly PositionKey[],
    place: { townId?: string | null; enterpriseId?: string | null },
  ): Promise<readonly string[]> {
    const found = await Promise.all(positions.map((position) => organisation.people.holdersOf(countyCode, position, place)))
    return found.flat().map((holding) => holding.personId)
  }
}

const keyOf = (subject: string, rule: string, dueAt: number) => `${subject} ${rule} ${dueAt}`

const owner = (hazard: RecordRow): readonly string[] =>
  typeof hazard.data.ownerId === 'string' && hazard.data.ownerId !== '' ? [hazard.data.ownerId] : []

const chineseDay = (day: string) => `${Number(day.slice(5, 7))}月${Number(day.slice(8, 10))}日`
