import { useInfiniteQuery } from '@tanstack/react-query'
import { useSearchParams } from 'react-router'
import type { LedgerPage } from '../../../contracts/api/ledgers.ts'
import { withQuery } from '../../api/path.ts'
import { get } from '../../api/request.ts'

/** View, filters and search stand in the address; the export takes the same. */
export function useLedger(id: string) {
  const [search, setSearch] = useSearchParams()
  const asked = Object.fromEntries([...search.entries()].filter(([key]) => key !== 'row'))
  const path = `/ledgers/${encodeURIComponent(id)}`
  const query = useInfiniteQuery({
    queryKey: ['ledger', id, asked],
    queryFn: ({ signal, pageParam }) => get<LedgerPage>(withQuery(path, { ...asked, cursor: pageParam }), signal),
    initialPageParam: null as string | null,
    getNextPageParam: (last) => last.nextCursor,
    // One page with the rows of all that were asked for.
    select: ({ pages }): LedgerPage => ({
      ...(pages[0] as LedgerPage),
      rows: pages.flatMap((page) => page.rows),
      nextCursor: pages.at(-1)?.nextCursor ?? null,
    }),
    placeholderData: (before) => before,
  })
  const set = (key: string, value: string | null) =>
    setSearch(
      (before) => {
        const next = new URLSearchParams(before)
        if (value) next.set(key, value)
        else next.delete(key)
        if (key !== 'row') next.delete('row')
        return next
      },
      { replace: true },
    )
  return {
    query,
    more: () => void query.fetchNextPage(),
    asked,
    row: search.get('row'),
    set,
    clear: () => setSearch(search.has('view') ? { view: search.get('view') ?? '' } : {}, { replace: true }),
    exportUrl: `/api${withQuery(`${path}/export.xlsx`, asked)}`,
  }
}

export type Ledger = ReturnType<typeof useLedger>
