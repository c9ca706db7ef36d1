import type { Tx } from '../../database/database.ts'
import { type RecordRow, WITHOUT_TERRITORY } from '../records/index.ts'
import { excludedPeople, readCaseFile, sittersOf } from './case-file.ts'
import type { ApprovalParts } from './deps.ts'
import type { Run, Seat } from './run.ts'
import { resolveSitter, type Sitter } from './seat-resolution.ts'

const PROCESS_ADMIN: Sitter = {
  personId: null,
  positionKey: 'PROCESS_ADMIN',
  townId: null,
  enterpriseId: null,
  why: '按规则找不到办理人，转由流程管理员处理',
}

/**
 * Opens a seat: looks up who sits by today's posts, freezes its deadline, and tells them. Where nobody may, the node's `onEmpty`
 * decides: the process administrator, or the seat is held until somebody is appointed. It is never passed.
 */
export async function openSeat(parts: ApprovalParts, tx: Tx, run: Run, seat: Seat, record: RecordRow): Promise<Seat> {
  const { runs, clock, calendar, organisation, events, tell } = parts
  const records = parts.records.store
  const file = await readCaseFile(parts, record)
  const others = (await runs.seatsOf([run.id])).filter((other) => other.id !== seat.id)
  const excluded = new Set(await excludedPeople(parts, file, run.policy))
  if (run.policy.mode !== 'SINGLE') for (const other of others) for (const person of await takenBy(parts, other)) excluded.add(person)
  const found = await resolveSitter(seat.setting, { record, excluded }, organisation.people)
  const isHeld = found === null && run.policy.onEmpty === 'HOLD'
  const sitter = found ?? PROCESS_ADMIN
  const now = clock.now()
  const days = seat.setting.dueWorkingDays
  const opened: Seat = isHeld
    ? { ...seat, state: 'WAITING', isHeld: true, why: '没有可以办理的人，已暂停并通知流程管理员' }
    : {
        ...seat,
        state: 'OPEN',
        isHeld: false,
        personId: sitter.personId,
        positionKey: sitter.positionKey,
        townId: sitter.townId,
        enterpriseId: sitter.enterpriseId,
        why: sitter.why,
        excluded: [...excluded],
        openedAt: now,
        dueAt: days === undefined ? null : calendar.dueAfter(now, days),
      }
  await runs.saveSeat(opened)
  const told = isHeld
    ? (await organisation.people.holdersOf(run.countyCode, 'PROCESS_ADMIN')).map((holding) => holding.personId)
    : (await sittersOf(parts, opened)).map((one) => one.id)
  if (isHeld)
    await tell(tx, {
      countyCode: run.countyCode,
      personIds: told,
      notice: 'seat-held',
      title: '无人可办',
      words: `${record.number}「${run.nodeName}」按规则找不到可以办理的人，请任命人员或调整设置。`,
      recordNumber: record.number,
      purpose: `seat-held ${seat.id}`,
    })
  // Who has no territory of his own, as an expert, sees what he was asked to act on, and the check whose photos show it.
  if (WITHOUT_TERRITORY.includes(opened.positionKey ?? ''))
    for (const personId of told) for (const seen of [record, file.origin]) if (seen) await records.admit(seen.id, personId)
  tx.afterCommit(() => events.publish(told, { kind: 'inbox' }))
  return opened
}

/** Who already spoke in this run, or is the only one who can at another open seat: a second seat is never theirs. */
async function takenBy(parts: ApprovalParts, seat: Seat): Promise<readonly string[]> {
  if (seat.doneBy !== null) return [seat.doneBy]
  if (seat.state !== 'OPEN') return []
  const sitters = await sittersOf(parts, seat)
  return sitters.length === 1 ? sitters.map((one) => one.id) : []
}
