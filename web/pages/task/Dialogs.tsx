import { lazy, Suspense } from 'react'
import type { TaskPage } from '../../../contracts/api/inbox.ts'
import type { Decision } from './use-decision.ts'

// The pad and its forms come when somebody decides, not with the list.
const SignDialog = lazy(async () => ({ default: (await import('./SignDialog.tsx')).SignDialog }))
const ReturnDialog = lazy(async () => ({ default: (await import('./ReturnDialog.tsx')).ReturnDialog }))

interface DialogsProps {
  page: TaskPage
  decision: Decision
}

export function Dialogs({ page, decision }: DialogsProps) {
  return (
    <Suspense fallback={null}>
      {decision.open?.kind === 'decide' && <SignDialog page={page} outcome={decision.open.outcome} decision={decision} />}
      {decision.open?.kind === 'return' && <ReturnDialog page={page} decision={decision} />}
    </Suspense>
  )
}
