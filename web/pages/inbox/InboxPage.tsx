import { lazy, Suspense } from 'react'
import { Skeleton } from '../../parts/Skeleton.tsx'
import { useIsPhone } from '../../shell/use-is-phone.ts'
import { PhoneInbox } from './PhoneInbox.tsx'
import './inbox.css'

// The preview brings the whole task page along; a phone does without.
const DesktopInbox = lazy(async () => ({ default: (await import('./DesktopInbox.tsx')).DesktopInbox }))

export function Page() {
  if (useIsPhone()) return <PhoneInbox />
  return (
    <Suspense fallback={<Skeleton rows={8} />}>
      <DesktopInbox />
    </Suspense>
  )
}
