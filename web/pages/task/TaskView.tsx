import { useRef, useState } from 'react'
import type { TaskPage } from '../../../contracts/api/inbox.ts'
import { useIsPhone } from '../../shell/use-is-phone.ts'
import { DesktopTask } from './DesktopTask.tsx'
import { Dialogs } from './Dialogs.tsx'
import { OwnForm, type OwnFormHandle } from './OwnForm.tsx'
import { hasOwnPart } from './own-part.ts'
import { PhoneTask } from './PhoneTask.tsx'
import { useDecision } from './use-decision.ts'

interface TaskViewProps {
  page: TaskPage
}

/** One seat: everything on which the decision rests, what this seat writes, and the decision. */
export function TaskView({ page }: TaskViewProps) {
  const phone = useIsPhone()
  const form = useRef<OwnFormHandle>(null)
  const [entry, setEntry] = useState(0)
  const decision = useDecision({
    page,
    collect: async (outcome) => (form.current ? form.current.collect(outcome.lenient, outcome.code) : {}),
    onFieldErrors: (errors) => form.current?.showErrors(errors),
    onStayed: () => setEntry((before) => before + 1),
  })
  const own =
    page.form && hasOwnPart(page) && page.state === 'OPEN' ? <OwnForm key={entry} ref={form} page={page} form={page.form} /> : null
  const View = phone ? PhoneTask : DesktopTask
  return (
    <>
      <View page={page} decision={decision} own={own} />
      <Dialogs page={page} decision={decision} />
    </>
  )
}
