import { lazy, Suspense } from 'react'
import { Skeleton } from '../parts/Skeleton.tsx'
import { useServerEvents } from '../session/use-server-events.ts'
import { OfflineStrip } from './OfflineStrip.tsx'
import { PagePlace } from './PagePlace.tsx'
import './shell.css'
import { useIsPhone } from './use-is-phone.ts'

// Menus, pop-ups and the side navigation are the desktop's alone: a phone does not wait for them.
const DesktopFrame = lazy(async () => ({ default: (await import('./DesktopFrame.tsx')).DesktopFrame }))

/** Frame of every page behind the login: header and side navigation, or on a phone only the page with its tabs. */
export function Shell() {
  useServerEvents()
  if (useIsPhone())
    return (
      <div className="is-phone">
        <OfflineStrip />
        <PagePlace />
      </div>
    )
  return (
    <Suspense fallback={<Skeleton rows={4} />}>
      <DesktopFrame />
    </Suspense>
  )
}
