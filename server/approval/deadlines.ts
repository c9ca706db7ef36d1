import { excludedPeople, readCaseFile, sittersOf } from './case-file.ts'
import type { ApprovalParts } from './deps.ts'
import { openSeat } from './open-seat.ts'
import { resolveSitter } from './seat-resolution.ts'

/** Does what deadlines ask for, once each: hands on seats whose time has passed, and looks again for somebody where nobody could sit. */
export type RunDeadlines = () => Promise<number>

export function makeRunDeadlines(parts: ApprovalParts): RunDeadlines {
  const { database, runs, records, clock, organisation, tell, events } = parts

  /** Statutory nodes are never decided by time: the seat goes to somebody else, who decides it. */
  const transfer = (seatId: string) =>
    database.transaction(async (tx) => {
      const found = await runs.seat(seatId)
      const run = found ? await runs.lock(found.runId) : null
      const seat = await runs.seat(seatId)
      const to = seat?.setting.transferTo
      if (!run || !seat || !to || seat.state !== 'OPEN' || run.state !== 'ACTIVE') return false
      const record = await records.store.byId(run.recordId)
      if (!record) return false
      const excluded = await excludedPeople(parts, await readCaseFile(parts, record), run.policy)
      const sitter = await resolveSitter({ ...seat.setting, who: to, fallback: [] }, { record, excluded }, organisation.people)
      if (!sitter) return false
      const { transferTo: _, ...setting } = seat.setting
      const moved = { ...seat, ...sitter, why: `逾期未办，转由您办理：${sitter.why}`, setting, dueAt: null, label: seat.label || '见证' }
      await runs.saveSeat(moved)
      const personIds = (await sittersOf(parts, moved)).map((one) => one.id)
      await tell(tx, {
        countyCode: run.countyCode,
        personIds,
        notice: 'seat-transferred',
        title: '逾期转办',
        words: `${record.number}「${run.nodeName}」逾期未办，转由您办理。`,
        recordNumber: record.number,
        purpose: `seat-transferred ${seatId}`,
      })
      tx.afterCommit(() => events.publish(personIds, { kind: 'inbox' }))
      return true
    })

  const retry = (seatId: string) =>
    database.transaction(async (tx) => {
      const found = await runs.seat(seatId)
      const run = found ? await runs.lock(found.runId) : null
      const seat = await runs.seat(seatId)
      if (!run || !seat?.isHeld || run.state !== 'ACTIVE') return false
      const record = await records.store.byId(run.recordId)
      return record ? (await openSeat(parts, tx, run, seat, record)).state === 'OPEN' : false
    })

  return async () => {
    const late = await database.query<{ seat_id: string; setting: string }>(
      "select seat_id, setting from approval_seat where state = 'OPEN' and due_at <= ? order by due_at limit 500",
      [clock.now()],
    )
    const held = await database.query<{ seat_id: string }>(
      "select seat_id from approval_seat where state = 'WAITING' and is_held = 1 limit 500",
    )
    let done = 0
    for (const row of late) if (JSON.parse(row.setting).transferTo !== undefined && (await transfer(row.seat_id))) done += 1
    for (const row of held) if (await retry(row.seat_id)) done += 1
    return done
  }
}
