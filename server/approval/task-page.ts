import type { TaskPage } from '../../contracts/api/inbox.ts'
import { referencedIds } from '../forms/index.ts'
import { Refusal } from '../http/problem.ts'
import type { Actor } from '../identity/actor.ts'
import { industryTitle } from '../organisation/index.ts'
import type { RecordRow } from '../records/index.ts'
import { maySit, readCaseFile } from './case-file.ts'
import { changedFields } from './changed-fields.ts'
import type { ApprovalParts } from './deps.ts'
import { diagramOf } from './diagram.ts'
import type { Drafts } from './drafts.ts'
import { formViewsOf } from './form-view.ts'
import { GUARDS } from './guards.ts'
import { dueOf } from './inbox.ts'
import { pinnedForms } from './open-run.ts'
import type { ReadRecordForms } from './record-forms.ts'
import { RETURN, type Run, type Seat } from './run.ts'
import { seatFormsOf } from './seat-form.ts'
import type { Timeline } from './timeline.ts'
import { ruleSentence } from './words.ts'

/** Everything on the page of a seat. Opening it marks it read. `not-found` for whoever may neither act nor has acted. */
export type ReadTaskPage = (actor: Actor, seatId: string) => Promise<TaskPage>

export function makeTaskPage(
  parts: ApprovalParts,
  { timeline, drafts, readForms }: { timeline: Timeline; drafts: Drafts; readForms: ReadRecordForms },
): ReadTaskPage {
  const { runs, records, organisation, procedures, clock, database } = parts

  return async (actor, seatId) => {
    const seat = await runs.seat(seatId)
    const run = seat ? await runs.byId(seat.runId) : null
    if (!seat || !run || seat.countyCode !== actor.countyCode) throw new Refusal('not-found')
    const isMine = await maySit(parts, seat, actor.personId)
    const record = await records.store.byId(run.recordId)
    if (!record || (!isMine && seat.doneBy !== actor.personId && !(await records.store.maySee(actor, record.id))))
      throw new Refusal('not-found')
    const isOpen = isMine && seat.state === 'OPEN'
    if (isOpen && seat.readAt === null)
      await database.transaction((tx) =>
        tx.query('update approval_seat set read_at = ? where seat_id = ? and read_at is null', [clock.now(), seat.id]),
      )
    const file = await readCaseFile(parts, record)
    const procedure = await procedures.byDefinition(run.definitionId)
    const seats = await runs.seatsOf([run.id])
    const openForm = await seatFormsOf(parts, actor, record)
    const open = isMine || seat.doneBy === actor.personId ? await openForm(run, seat) : null
    const draft = isOpen ? await drafts.read(actor, `seat:${seat.id}`) : null
    const decider = seat.doneBy === null ? await deciderOf(seats) : seat.doneBy
    return {
      seatId: seat.id,
      state: seat.state,
      decidedBy: decider === null ? null : ((await organisation.people.personById(seat.countyCode, decider))?.name ?? null),
      procedureId: run.procedureId,
      procedureName: procedure?.title ?? run.procedureId,
      procedureVersion: procedure?.version.version ?? 0,
      nodeId: run.nodeId,
      nodeName: seat.label && run.policy.mode !== 'SINGLE' ? `${run.nodeName}·${seat.label}` : run.nodeName,
      title: record.title,
      facts: await headFacts(record),
      level: record.level,
      recordNumber: record.number,
      dueAt: dueOf(seat, run, record),
      arrivedAt: seat.openedAt ?? run.startedAt,
      form: open
        ? await formViewsOf(parts, actor, record)(isOpen ? open : { ...open, permissions: readOnly(open.permissions) }, draft?.form ?? {})
        : null,
      background: (await readForms(actor, record, openForm)).reverse().map(({ at: _, ...view }) => view),
      outcomes: run.policy.outcomes,
      returnTargets: run.policy.returnTo,
      rule: ruleSentence(run, seats),
      why: seat.why,
      basis: run.policy.basis,
      changes: await changesSince(run, record),
      timeline: [...(await timeline(actor, record))],
      diagram: await diagramOf(parts, run.instanceId, run.definitionId),
      blocked: isOpen ? await blockedBy(actor, run, record, file.dualReports) : [],
    }
  }

  async function headFacts(record: RecordRow): Promise<{ label: string; value: string }[]> {
    const { places, people } = organisation
    const enterprise = record.enterpriseId === null ? null : await places.enterprise(record.countyCode, record.enterpriseId)
    const town = record.townId === null ? null : await places.unit(record.countyCode, record.townId)
    const { foundAt, foundBy, location, category } = record.data
    const finder = typeof foundBy === 'string' ? await people.personById(record.countyCode, foundBy) : null
    const facts: [string, unknown][] = [
      ['企业', enterprise?.name],
      ['行业', enterprise ? industryTitle(enterprise.industry) : undefined],
      ['所在镇', town?.name],
      ['编号', record.number],
      ['部位', location],
      ['类别', typeof category === 'string' ? await parts.forms.optionLabel(record.countyCode, 'categories', category) : undefined],
      ['发现时间', typeof foundAt === 'string' ? foundAt.replace('T', ' ') : undefined],
      ['发现人', finder?.name],
      ['整改期限', record.data['dueDate']],
    ]
    return facts.flatMap(([label, value]) => (typeof value === 'string' && value !== '' ? [{ label, value }] : []))
  }

  /** On a second round: what the forms say now that they did not say when this node last saw them. */
  async function changesSince(run: Run, record: RecordRow): Promise<TaskPage['changes']> {
    if (run.round < 2) return []
    const all = await runs.ofRecords([record.id])
    const seen = all.find((one) => one.nodeId === run.nodeId && one.round === run.round - 1)
    if (!seen) return []
    const redone = all.filter((one) => one.state === 'DECIDED' && one.startedAt >= seen.startedAt && one.round > 1 && isFilledIn(one))
    const changes: TaskPage['changes'] = []
    for (const after of redone) {
      const before = all.find((one) => one.nodeId === after.nodeId && one.round === after.round - 1)
      if (before) changes.push(...(await differences(before, after)))
    }
    return changes
  }

  async function differences(before: Run, after: Run): Promise<TaskPage['changes']> {
    const versions = await pinnedForms(parts, after.rootInstanceId)
    const key = after.policy.form ?? ''
    const form = await parts.forms.effectiveForm(key, versions?.[key] ?? 'latest', after.countyCode, versions ?? undefined)
    if (!form) return []
    const seats = await runs.seatsOf([before.id, after.id])
    const valuesOf = (of: Run) => seats.find((seat) => seat.runId === of.id && seat.form !== null)?.form ?? {}
    const named = [before, after].flatMap((of) => referencedIds(form, valuesOf(of)).map((one) => one.id))
    const people = await organisation.people.peopleByIds(after.countyCode, named)
    return [...changedFields(form.schema, valuesOf(before), valuesOf(after), (_, id) => people.get(id)?.name)]
  }

  async function blockedBy(actor: Actor, run: Run, record: RecordRow, dualReports: readonly RecordRow[]): Promise<TaskPage['blocked']> {
    const blocked: TaskPage['blocked'] = []
    for (const { on, check } of run.policy.guards) {
      const reason = await GUARDS[check]?.({ actor, record, form: null, dualReports, organisation })
      if (reason) blocked.push({ outcome: on, reason })
    }
    return blocked
  }
}

async function deciderOf(seats: readonly Seat[]): Promise<string | null> {
  const done = seats.filter((seat) => seat.state === 'DONE' && seat.outcome !== RETURN)
  return seats.some((seat) => seat.state === 'OPEN') ? null : (done.at(-1)?.doneBy ?? null)
}

function readOnly(
  permissions: Readonly<Record<string, 'hidden' | 'read' | 'edit' | 'required'>>,
): Readonly<Record<string, 'hidden' | 'read'>> {
  return Object.fromEntries(
    [['*', 'read'], ...Object.entries(permissions)].map(([path, cell]) => [path, cell === 'hidden' ? 'hidden' : 'read']),
  )
}

/** A form of its own: not a signature, and not one of the opinions that stand beside each other. */
function isFilledIn({ policy }: Run): boolean {
  return policy.form !== undefined && policy.form !== 'principalSignoff' && !policy.section.endsWith('[]')
}
