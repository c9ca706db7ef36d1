import type { ReactNode } from 'react'
import { ErrorState } from './ErrorState.tsx'
import { Skeleton } from './Skeleton.tsx'

interface QueryViewProps<T> {
  query: { readonly data: T | undefined; readonly error: unknown; readonly isError: boolean; refetch(): Promise<unknown> }
  rows?: number
  children: (data: T) => ReactNode
}

/** Data when it is there, else a skeleton or what went wrong. Old data stay in sight while new ones are asked for. */
export function QueryView<T>({ query, rows, children }: QueryViewProps<T>) {
  if (query.data !== undefined) return children(query.data)
  if (query.isError) return <ErrorState error={query.error} onRetry={() => void query.refetch()} />
  return <Skeleton rows={rows ?? 6} />
}
