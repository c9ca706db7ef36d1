import type { TaskPage } from '../../../contracts/api/inbox.ts'

/** Does this seat write anything? */
export const hasOwnPart = (page: TaskPage) =>
  page.form !== null && Object.values(page.form.permissions).some((cell) => cell === 'edit' || cell === 'required')

/** A form that has to be filled in before the decision: that happens on the full page. */
export const mustFillIn = (page: TaskPage) => page.state === 'OPEN' && hasOwnPart(page)

/** Work (a report, a plan) rather than a decision about somebody else's: its form comes first on the page. */
export const isWork = (page: TaskPage) =>
  hasOwnPart(page) && page.returnTargets.length === 0 && !page.outcomes.some((outcome) => outcome.kind === 'reject')
