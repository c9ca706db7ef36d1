import type { TaskPage } from '../../../contracts/api/inbox.ts'
import { ReturnDialog } from './ReturnDialog.tsx'
import { SignDialog } from './SignDialog.tsx'
import type { Decision } from './use-decision.ts'

interface DialogsProps {
  page: TaskPage
  decision: Decision
}

export function Dialogs({ page, decision }: DialogsProps) {
  if (decision.open?.kind === 'decide') return <SignDialog page={page} outcome={decision.open.outcome} decision={decision} />
  if (decision.open?.kind === 'return') return <ReturnDialog page={page} decision={decision} />
  return null
}
