import type { Actor } from '../identity/actor.ts'
import type { Organisation } from '../organisation/index.ts'
import type { RecordRow } from '../records/index.ts'
import { readPath } from './seat-resolution.ts'

export interface GuardScope {
  readonly actor: Actor
  readonly record: RecordRow
  /** Null while the page is only shown. */
  readonly form: Readonly<Record<string, unknown>> | null
  readonly dualReports: readonly RecordRow[]
  readonly organisation: Organisation
}

/** A condition that must hold before an outcome. Answers what is missing, in words; null when it holds. */
type Guard = (scope: GuardScope) => Promise<string | null>

/** The one registry of guards: what a node may name in `guards`. */
export const GUARDS: Readonly<Record<string, Guard>> = {
  /** The principal signs as who he is today; nobody signs for him (F03). */
  async principalToday({ actor, record, organisation }) {
    const holders = await organisation.people.holdersOf(record.countyCode, 'ENT_PRINCIPAL', { enterpriseId: record.enterpriseId })
    return holders.some((holding) => holding.personId === actor.personId) ? null : '须由企业现任主要负责人本人签字'
  },

  /** Closing waits for the first round of the double report (B7). */
  async dualDone({ record, dualReports, organisation }) {
    if (record.level !== 'MAJOR' || (await organisation.settings.get(record.countyCode, 'closeout.dualReport')) === 'NONE') return null
    return dualReports.some((report) => report.data['round'] === 1 && report.status === 'DONE')
      ? null
      : '排查情况双报告还没有完成：监管部门和职工都签收后才能销号'
  },

  /** Plan and notice may repeat or bring forward the fixed date, never move it back (B12). */
  async dueNotLater({ record, form }) {
    if (!form) return null
    const asked = readPath(form, 'five.dueDate') ?? form['dueDate']
    const fixed = record.data['dueDate']
    return typeof asked === 'string' && typeof fixed === 'string' && asked > fixed
      ? `整改期限不能晚于确认的期限 ${fixed}，确需延长请走延期申请`
      : null
  },
}
