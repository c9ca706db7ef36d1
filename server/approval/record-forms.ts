import type { RecordPage } from '../../contracts/api/records.ts'
import { ruleContext } from '../forms/index.ts'
import type { Actor } from '../identity/actor.ts'
import type { RecordRow } from '../records/index.ts'
import type { ApprovalParts } from './deps.ts'
import { formViewsOf, type ViewForm } from './form-view.ts'
import { pinnedForms } from './open-run.ts'
import type { Run } from './run.ts'
import { type OpenSeatForm, seatFormsOf } from './seat-form.ts'

/** What was filled in about a record, as it stands now: a hazard's registration first, then form by form in the order of the nodes. */
export type ReadRecordForms = (actor: Actor, record: RecordRow, openForm?: OpenSeatForm) => Promise<RecordPage['forms']>

export function makeRecordForms(parts: ApprovalParts): ReadRecordForms {
  const { runs, forms, clock } = parts

  async function registration(record: RecordRow, run: Run | undefined, view: ViewForm): Promise<RecordPage['forms']> {
    const versions = run ? await pinnedForms(parts, run.rootInstanceId) : null
    const form = await forms.effectiveForm('hazardRecord', versions?.hazardRecord ?? 'latest', record.countyCode, versions ?? undefined)
    if (!form) return []
    const stored = { ...record.data, level: record.level ?? undefined, hazardNo: record.number, status: record.status }
    const open = { form, stored, permissions: { '*': 'read' } as const, context: ruleContext({ now: clock.now() }) }
    return [{ ...(await view(open, {})), nodeName: '隐患登记', at: record.createdAt }]
  }

  async function decided(run: Run, openForm: OpenSeatForm, viewForm: ViewForm): Promise<RecordPage['forms']> {
    const done = (await runs.seatsOf([run.id])).filter((seat) => seat.state === 'DONE')
    const views = await Promise.all(
      done.map(async (seat) => {
        const open = await openForm(run, seat)
        if (!open) return []
        const permissions = Object.fromEntries(
          [['*', 'read'], ...Object.entries(open.permissions)].map(
            ([path, cell]) => [path, cell === 'hidden' ? 'hidden' : 'read'] as const,
          ),
        )
        const view = await viewForm({ ...open, permissions }, seat.form ?? {})
        const isOneOfMany = seat.label !== '' && run.policy.mode !== 'SINGLE'
        return [{ ...view, nodeName: isOneOfMany ? `${run.nodeName}·${seat.label}` : run.nodeName, at: seat.doneAt ?? run.startedAt }]
      }),
    )
    return views.flat()
  }

  return async (actor, record, given) => {
    const openForm = given ?? (await seatFormsOf(parts, actor, record))
    const view = formViewsOf(parts, actor, record)
    const all = await runs.ofRecords([record.id])
    const withForm = all.filter((run) => run.state === 'DECIDED' && run.policy.form !== undefined && run.policy.form !== 'principalSignoff')
    const latest = new Map(withForm.map((run) => [`${run.policy.form}/${run.policy.section}`, run]))
    const views = await Promise.all([...latest.values()].map((run) => decided(run, openForm, view)))
    return [...(record.kind === 'hazard' ? await registration(record, all[0], view) : []), ...views.flat().sort((a, b) => a.at - b.at)]
  }
}
