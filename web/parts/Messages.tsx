import { lazy, Suspense, useEffect, useState } from 'react'
import { whenFirstSaid } from './messages.ts'

const MessageHolder = lazy(async () => ({ default: (await import('./MessageHolder.tsx')).MessageHolder }))

/** The place of the messages; empty until there is one. */
export function Messages() {
  const [wanted, setWanted] = useState(false)
  useEffect(() => whenFirstSaid(() => setWanted(true)), [])
  return wanted ? (
    <Suspense fallback={null}>
      <MessageHolder />
    </Suspense>
  ) : null
}
