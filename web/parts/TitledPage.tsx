import type { ReactNode } from 'react'
import { PhonePage } from '../shell/PhonePage.tsx'
import { useIsPhone } from '../shell/use-is-phone.ts'

/** A page with nothing but a title above its content, in the frame of the screen at hand. */
export function TitledPage({ title, children }: { title: string; children: ReactNode }) {
  const phone = useIsPhone()
  if (phone) return <PhonePage title={title}>{children}</PhonePage>
  return (
    <div className="page">
      <div className="page-head">
        <h1>{title}</h1>
      </div>
      {children}
    </div>
  )
}
