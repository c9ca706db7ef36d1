import type { InboxItem, InboxPage } from '../../contracts/api/inbox.ts'
import type { SqlValue } from '../../database/database.ts'
import type { Actor } from '../identity/actor.ts'
import type { Holding } from '../organisation/index.ts'
import type { RecordRow } from '../records/index.ts'
import type { ApprovalParts } from './deps.ts'
import type { Run, Seat } from './run.ts'
import { outcomeLabel, stateWords } from './words.ts'

export type InboxTab = 'todo' | 'done' | 'mine'
const PAGE = 50
const SOON_MS = 24 * 3_600_000

/** What waits for somebody, what he did, and what he started. */
export interface Inbox {
  page(actor: Actor, query: { tab: InboxTab; q?: string | undefined; cursor?: string | undefined }): Promise<InboxPage>
  /** Everything open that this person may decide, in the order of the inbox. */
  open(actor: Actor): Promise<readonly { run: Run; seat: Seat }[]>
}

export function makeInbox(parts: ApprovalParts): Inbox {
  const { runs, records, organisation, clock, procedures } = parts

  async function open(actor: Actor): Promise<readonly { run: Run; seat: Seat }[]> {
    const holdings = await organisation.people.holdingsOf(actor.countyCode, actor.personId)
    const mine = ['s.person_id = ?', ...holdings.map(() => POSITION)]
    const params: SqlValue[] = [actor.countyCode, actor.personId, ...holdings.flatMap(positionParams)]
    const found = await runs.find(
      `s.county_code = ? and s.state = 'OPEN' and r.state = 'ACTIVE' and (${mine.join(' or ')})`,
      params,
      's.opened_at, s.seat_id',
      2000,
    )
    const able = found.filter(({ seat }) => seat.personId !== null || !seat.excluded.includes(actor.personId))
    const spoken = new Set(
      (await runs.seatsOf(able.filter(({ run }) => run.policy.mode !== 'SINGLE').map(({ run }) => run.id)))
        .filter((seat) => seat.doneBy === actor.personId)
        .map((seat) => seat.runId),
    )
    return able.filter(({ run }) => !spoken.has(run.id))
  }

  async function describe(actor: Actor, found: readonly { run: Run; seat: Seat }[], tab: InboxTab): Promise<InboxItem[]> {
    const rows = await records.store.byIds(found.map(({ run }) => run.recordId))
    const titles = new Map<string, string>()
    for (const id of new Set(found.map(({ run }) => run.definitionId))) titles.set(id, (await procedures.byDefinition(id))?.title ?? '')
    const place = await placeNames(actor.countyCode, [...rows.values()])
    const now = clock.now()
    return found.map(({ run, seat }) => {
      const record = rows.get(run.recordId)
      const dueAt = tab === 'todo' ? dueOf(seat, run, record) : null
      return {
        seatId: seat.id,
        procedureName: titles.get(run.definitionId) || run.procedureId,
        nodeName: run.policy.mode === 'SEQ' && seat.label ? `${run.nodeName}·${seat.label}` : run.nodeName,
        title: record?.title ?? '',
        place: record ? place(record) : '',
        arrivedAt: seat.openedAt ?? run.startedAt,
        dueAt,
        group:
          dueAt === null
            ? ('other' as const)
            : dueAt <= now
              ? ('overdue' as const)
              : dueAt - now < SOON_MS
                ? ('soon' as const)
                : ('other' as const),
        level: record?.level ?? null,
        unread: seat.readAt === null,
        recordNumber: record?.number ?? null,
        state: tab === 'done' ? outcomeLabel(run.policy.outcomes, seat.outcome) : record?.flags.includes('returned') ? '已退回' : '待办',
        doneAt: seat.doneAt,
      }
    })
  }

  async function placeNames(countyCode: string, rows: readonly RecordRow[]): Promise<(record: RecordRow) => string> {
    const enterprises = new Map(
      (await organisation.places.enterprises(countyCode, { ids: [...new Set(rows.flatMap((row) => row.enterpriseId ?? []))] })).map(
        (one) => [one.id, one.name],
      ),
    )
    const towns = new Map((await organisation.places.towns(countyCode)).map((one) => [one.id, one.name]))
    return (record) =>
      [
        record.townId === null ? '' : (towns.get(record.townId) ?? ''),
        record.enterpriseId === null ? '' : (enterprises.get(record.enterpriseId) ?? ''),
      ]
        .filter((name) => name !== '')
        .join(' · ')
  }

  async function started(actor: Actor): Promise<InboxItem[]> {
    const own = await records.store.list(actor, { createdBy: actor.personId, kinds: ['check', 'report'], limit: 500 })
    const place = await placeNames(actor.countyCode, own)
    return own.map((record) => ({
      seatId: '',
      procedureName: record.kind === 'report' ? '报表' : '检查',
      nodeName: '',
      title: record.title,
      place: place(record),
      arrivedAt: record.createdAt,
      dueAt: null,
      group: 'other' as const,
      level: record.level,
      unread: false,
      recordNumber: record.number,
      state: stateWords(record.status, record.flags),
      doneAt: null,
    }))
  }

  return {
    open,
    async page(actor, { tab, q, cursor }) {
      const todo = await open(actor)
      const waiting = await describe(actor, todo, 'todo')
      const counts = { todo: waiting.length, overdue: waiting.filter((item) => item.group === 'overdue').length }
      const items =
        tab === 'todo'
          ? inOrder(waiting)
          : tab === 'mine'
            ? await started(actor)
            : await describe(
                actor,
                await runs.find(
                  "s.county_code = ? and s.done_by = ? and s.state = 'DONE'",
                  [actor.countyCode, actor.personId],
                  's.done_at desc, s.seat_id',
                  1000,
                ),
                'done',
              )
      const wanted = q
        ? items.filter((item) =>
            [item.title, item.place, item.nodeName, item.procedureName, item.recordNumber ?? ''].some((text) => text.includes(q)),
          )
        : items
      const from = Number(cursor ?? 0) || 0
      return { items: wanted.slice(from, from + PAGE), counts, nextCursor: wanted.length > from + PAGE ? String(from + PAGE) : null }
    },
  }
}

const POSITION =
  '(s.person_id is null and s.position_key = ? and (s.town_id is null or s.town_id = ?) and (s.enterprise_id is null or s.enterprise_id = ?))'
const positionParams = (holding: Holding): SqlValue[] => [holding.position, holding.townId ?? '', holding.enterpriseId ?? '']

/** The seat's own deadline, else the hazard's on the nodes of those who rectify it. */
export function dueOf(seat: Seat, run: Run, record: RecordRow | undefined): number | null {
  if (seat.dueAt !== null) return seat.dueAt
  return record?.kind === 'hazard' && ['plan', 'rectify', 'assign', 'apply'].includes(run.nodeId) ? record.dueAt : null
}

const GROUPS = ['overdue', 'soon', 'other']
const isMajor = (item: InboxItem) => item.level === 'MAJOR' || item.level === 'SUSPECTED_MAJOR'

/** Overdue, less than a day left, 重大, oldest. */
export function inOrder(items: readonly InboxItem[]): InboxItem[] {
  return [...items].sort(
    (a, b) =>
      GROUPS.indexOf(a.group) - GROUPS.indexOf(b.group) ||
      (a.group === 'other' ? 0 : (a.dueAt ?? 0) - (b.dueAt ?? 0)) ||
      Number(isMajor(b)) - Number(isMajor(a)) ||
      a.arrivedAt - b.arrivedAt,
  )
}
