import { useQuery } from '@tanstack/react-query'
import { useSearchParams } from 'react-router'
import type { LedgerPage } from '../../../contracts/api/ledgers.ts'
import { withQuery } from '../../api/path.ts'
import { get } from '../../api/request.ts'

/** View, filters and search stand in the address; the export takes the same. */
export function useLedger(id: string) {
  const [search, setSearch] = useSearchParams()
  const asked = Object.fromEntries([...search.entries()].filter(([key]) => key !== 'row'))
  const path = `/ledgers/${encodeURIComponent(id)}`
  const query = useQuery({
    queryKey: ['ledger', id, asked],
    queryFn: ({ signal }) => get<LedgerPage>(withQuery(path, asked), signal),
    placeholderData: (before) => before,
  })
  const set = (key: string, value: string | null) =>
    setSearch(
      (before) => {
        const next = new URLSearchParams(before)
        if (value) next.set(key, value)
        else next.delete(key)
        if (key !== 'cursor') next.delete('cursor')
        if (key !== 'row') next.delete('row')
        return next
      },
      { replace: true },
    )
  return {
    query,
    asked,
    row: search.get('row'),
    set,
    clear: () => setSearch(search.has('view') ? { view: search.get('view') ?? '' } : {}, { replace: true }),
    exportUrl: `/api${withQuery(`${path}/export.xlsx`, asked)}`,
  }
}

export type Ledger = ReturnType<typeof useLedger>
