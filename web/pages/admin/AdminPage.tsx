import type { UseQueryResult } from '@tanstack/react-query'
import type { ReactNode } from 'react'
import '../../parts/tags.css'
import { QueryView } from '../../parts/QueryView.tsx'
import { PhonePage } from '../../shell/PhonePage.tsx'
import { useIsPhone } from '../../shell/use-is-phone.ts'
import './admin.css'

interface AdminPageProps<T> {
  title: string
  note: string
  query: UseQueryResult<T>
  children: (data: T) => ReactNode
}

/** Frame of the administrator's lists. */
export function AdminPage<T>({ title, note, query, children }: AdminPageProps<T>) {
  const phone = useIsPhone()
  const content = <QueryView query={query}>{children}</QueryView>
  if (phone)
    return (
      <PhonePage title={title}>
        <div className="admin-phone">{content}</div>
      </PhonePage>
    )
  return (
    <div className="page">
      <div className="page-head">
        <h1>{title}</h1>
        <span className="muted">{note}</span>
      </div>
      {content}
    </div>
  )
}
