import { createHash } from 'node:crypto'
import type { z } from 'zod'
import type { Decided, decide as decideRequest } from '../../contracts/api/inbox.ts'
import { HAZARDS_FIELD } from '../../contracts/api/start.ts'
import type { OutcomeSetting } from '../../contracts/bpmn-extension.ts'
import type { Tx } from '../../database/database.ts'
import type { Variables } from '../../engine/process-engine.ts'
import { Refusal } from '../http/problem.ts'
import type { Actor } from '../identity/actor.ts'
import type { RecordRow } from '../records/index.ts'
import { maySit, readCaseFile } from './case-file.ts'
import { decide } from './decide.ts'
import type { ApprovalParts } from './deps.ts'
import { engineValue } from './engine-values.ts'
import type { Values } from './form-gate.ts'
import { GUARDS } from './guards.ts'
import { once } from './once.ts'
import { openSeat } from './open-seat.ts'
import { setRemovedApart } from './removed-rows.ts'
import type { Run, Seat } from './run.ts'
import { seatFormsOf } from './seat-form.ts'
import { readPath } from './seat-resolution.ts'
import { settle } from './settle.ts'

export type DecideRequest = z.infer<typeof decideRequest>

/** Somebody decides his seat. The same request twice has one effect and gets the same answer. Refuses by code. */
export type DecideSeat = (actor: Actor, seatId: string, request: DecideRequest) => Promise<Decided>

export function makeDecideSeat(parts: ApprovalParts): DecideSeat {
  return (actor, seatId, request) =>
    once(parts, actor, request.requestId, `seat:${seatId}`, async (tx) => {
      const answer = await decideWithin(parts, tx, actor, seatId, request)
      return answer
    })
}

/** The decision inside an open transaction: also the first node of a procedure that is being started. */
export async function decideWithin(
  parts: ApprovalParts,
  tx: Tx,
  actor: Actor,
  seatId: string,
  request: Omit<DecideRequest, 'requestId'>,
): Promise<Decided> {
  const { runs, records, audit, engine, clock, gate } = parts
  const { run, seat } = await lockSeat(parts, actor, seatId)
  const outcome = run.policy.outcomes.find((one) => one.code === request.outcome)
  if (!outcome) throw new Refusal('unknown-outcome', { data: { outcomes: run.policy.outcomes.map((one) => one.code) } })
  const record = await records.store.lock(run.recordId)
  const seats = await runs.seatsOf([run.id])
  assertSpoken(outcome, request)
  const opened = run.policy.form === undefined ? null : await (await seatFormsOf(parts, actor, record))(run, seat, outcome.code)
  const { live, withRows } = setRemovedApart(request.form)
  const checked = opened ? withRows(await gate.check(opened, live, { isLenient: outcome.lenient })) : {}
  if (opened) await gate.checkReferences(run.countyCode, opened.form, checked)
  await assertGuards(parts, actor, run, record, outcome, checked)
  if (opened) await records.attachments.bind(actor, gate.files(opened.form, checked), record.id)

  const now = clock.now()
  const signatureId = request.signature ? await keepSignature(parts, tx, actor, seat, record, request.signature, checked) : null
  const form = opened
    ? withDecision(gate.decisionFields(opened.form), checked, { outcome: outcome.code, opinion: request.opinion, signatureId, now })
    : checked
  const done: Seat = {
    ...seat,
    state: outcome.stays ? 'OPEN' : 'DONE',
    doneAt: outcome.stays ? null : now,
    doneBy: outcome.stays ? null : actor.personId,
    outcome: outcome.stays ? null : outcome.code,
    opinion: request.opinion || null,
    signatureId,
    form,
  }
  await runs.saveSeat(done)
  const votes = seats.map((one) => (one.id === seat.id ? done : one))
  const decision = outcome.stays ? null : decide(run.policy, votes)
  const settlement = {
    actor,
    countyCode: run.countyCode,
    instanceId: run.instanceId,
    rootInstanceId: run.rootInstanceId,
    nodeId: run.nodeId,
    runId: run.id,
    step: seat.ordinal,
    form,
    forms: votes.flatMap((one): Values[] => (one.state === 'DONE' && one.form !== null ? [one.form] : [])),
    opinion: request.opinion,
  }
  const write = opened ? sectionWriter(run, done, actor, record.id, form, now) : undefined
  const occurrence = outcome.stays ? parts.newId() : `seat-${seat.ordinal}`
  // A vote is settled first, with the form's values; then what the run decides, if it does.
  await settle(parts, tx, [run.policy], {
    ...settlement,
    record,
    isSeat: true,
    outcome: outcome.code,
    occurrence,
    ...(write ? { write } : {}),
  })
  if (outcome.stays) {
    const fresh = (await records.store.byId(record.id)) ?? record
    await settle(parts, tx, [run.policy], { ...settlement, record: fresh, isSeat: false, outcome: outcome.code, occurrence })
  } else if (decision?.kind === 'decided') {
    const fresh = (await records.store.byId(record.id)) ?? record
    const variables = await settle(parts, tx, [run.policy], { ...settlement, record: fresh, isSeat: false, outcome: decision.outcome })
    await closeRun(parts, run, votes, decision.outcome, now)
    await engine.tasks.complete(run.taskId, { ...routingVariables(run, form), ...variables, outcome: engineValue(decision.outcome) }, tx)
  } else if (decision) {
    for (const next of votes)
      if (decision.open.includes(next.ordinal) && next.state === 'WAITING') await openSeat(parts, tx, run, next, record)
  }
  await tx.query('delete from approval_draft where person_id = ? and subject = ?', [actor.personId, `seat:${seat.id}`])
  await audit.append(actor, {
    action: 'seat.decided',
    subject: `seat:${seat.id}`,
    data: { node: run.nodeId, outcome: outcome.code, record: record.number },
  })
  return { sentence: outcome.stays ? `已${outcome.label}` : `${run.nodeName}：${outcome.label}`, nextSeatId: null }
}

/** The seat with its run locked: not yours, decided already, or not its turn are told apart. */
export async function lockSeat(parts: ApprovalParts, actor: Actor, seatId: string): Promise<{ run: Run; seat: Seat }> {
  const { runs, organisation } = parts
  const found = await runs.seat(seatId)
  if (!found || found.countyCode !== actor.countyCode) throw new Refusal('not-found')
  const run = await runs.lock(found.runId)
  const seat = await runs.seat(seatId)
  if (!run || !seat) throw new Refusal('not-found')
  if (seat.state === 'DONE' || run.state !== 'ACTIVE') {
    if (!(await maySit(parts, seat, actor.personId)) && seat.doneBy !== actor.personId) throw new Refusal('not-found')
    const by = seat.doneBy === null ? null : await organisation.people.personById(seat.countyCode, seat.doneBy)
    throw new Refusal('already-decided', {
      ...(by ? { detail: `已由${by.name}办理` } : {}),
      data: { decidedBy: by?.name ?? null, outcome: seat.outcome },
    })
  }
  if (seat.state !== 'OPEN') throw new Refusal((await maySit(parts, seat, actor.personId)) ? 'seat-not-open' : 'not-found')
  if (!(await maySit(parts, seat, actor.personId))) throw new Refusal('not-your-seat')
  const others = await runs.seatsOf([run.id])
  if (run.policy.mode !== 'SINGLE' && others.some((other) => other.doneBy === actor.personId))
    throw new Refusal('not-your-seat', { detail: '同一人不能在这一步办理两次' })
  return { run, seat }
}

function assertSpoken(outcome: OutcomeSetting, request: Pick<DecideRequest, 'opinion' | 'signature'>): void {
  if (outcome.opinion === 'required' && request.opinion.trim() === '')
    throw new Refusal('opinion-required', { errors: [{ field: 'opinion', code: 'required', message: '请填写意见' }] })
  if (outcome.signature && !request.signature)
    throw new Refusal('signature-required', { errors: [{ field: 'signature', code: 'required', message: '请手写签名' }] })
}

async function assertGuards(
  parts: ApprovalParts,
  actor: Actor,
  run: Run,
  record: RecordRow,
  outcome: OutcomeSetting,
  form: Values,
): Promise<void> {
  const { dualReports } = await readCaseFile(parts, record)
  for (const { on, check } of run.policy.guards) {
    if (on !== '*' && on !== outcome.code) continue
    const reason = await GUARDS[check]?.({ actor, record, form, dualReports, organisation: parts.organisation })
    if (!reason) continue
    if (check === 'dueNotLater')
      throw new Refusal('form-invalid', {
        errors: [{ field: readPath(form, 'five.dueDate') === undefined ? 'dueDate' : 'five.dueDate', code: 'due-date', message: reason }],
      })
    throw new Refusal('blocked', { detail: reason, data: { check } })
  }
}

async function keepSignature(
  { newId, clock }: ApprovalParts,
  tx: Tx,
  actor: Actor,
  seat: Seat,
  record: RecordRow,
  signature: NonNullable<DecideRequest['signature']>,
  form: Values,
): Promise<string> {
  if (!isPng(signature.image))
    throw new Refusal('signature-required', {
      errors: [{ field: 'signature', code: 'not-a-picture', message: '签名图片已损坏，请重新签名' }],
    })
  const id = newId()
  const hash = createHash('sha256')
    .update(JSON.stringify({ record: record.data, form }))
    .digest('hex')
  await tx.query(
    'insert into approval_signature (signature_id, county_code, seat_id, record_id, person_id, image, strokes, form_hash, signed_at) values (?, ?, ?, ?, ?, ?, ?, ?, ?)',
    [id, seat.countyCode, seat.id, record.id, actor.personId, signature.image, signature.strokes, hash, clock.now()],
  )
  return id
}

/** What the data URL holds begins as every PNG does: what it calls itself is not believed. */
function isPng(dataUrl: string): boolean {
  const head = Buffer.from(dataUrl.slice(dataUrl.indexOf(',') + 1, dataUrl.indexOf(',') + 13), 'base64')
  return head.subarray(0, 8).equals(Buffer.from([0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a]))
}

/** The opinion and signature block is written by the decision, never typed (B5). */
function withDecision(
  fields: readonly string[],
  form: Values,
  by: { outcome: string; opinion: string; signatureId: string | null; now: number },
): Values {
  const filled: Record<string, unknown> = {}
  for (const field of fields) {
    if (field.includes('.')) continue
    if (field.endsWith('Result')) filled[field] = by.outcome
    else if (field.endsWith('Opinion')) filled[field] = by.opinion
    else if (field.endsWith('SignedAt') || field.endsWith('At')) filled[field] = by.now
    else if (by.signatureId !== null) filled[field] = by.signatureId
  }
  return { ...form, ...filled }
}

function sectionWriter(run: Run, seat: Seat, actor: Actor, recordId: string, form: Values, now: number) {
  const { section } = run.policy
  return (changes: { merge(id: string, values: Values): void; set(id: string, path: string, value: unknown): void }) => {
    // Hazards of a sheet are records of their own.
    const { [HAZARDS_FIELD]: _, ...own } = form
    if (section === '') changes.merge(recordId, own)
    else if (section.endsWith('[]'))
      changes.set(recordId, section, {
        ...form,
        seat: seat.ordinal,
        seatLabel: seat.label,
        personId: actor.personId,
        at: now,
        outcome: seat.outcome,
        opinion: seat.opinion,
        signatureId: seat.signatureId,
      })
    else changes.set(recordId, section, form)
  }
}

async function closeRun({ runs }: ApprovalParts, run: Run, seats: readonly Seat[], outcome: string, now: number): Promise<void> {
  for (const seat of seats)
    if (seat.state === 'OPEN' || seat.state === 'WAITING')
      await runs.saveSeat({ ...seat, state: 'SKIPPED', isHeld: false, why: '已由他人决定' })
  await runs.end(run.id, 'DECIDED', outcome, now)
}

/** The few values that gateways and timers need. */
function routingVariables(run: Run, form: Values): Variables {
  return Object.fromEntries(
    Object.entries(run.policy.variables).map(([name, source]) => [
      name,
      source.startsWith('=')
        ? engineValue(source === '=true' ? true : source === '=false' ? false : source.slice(1))
        : engineValue(readPath(form, source) ?? null),
    ]),
  )
}
