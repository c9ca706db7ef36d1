import { useQuery } from '@tanstack/react-query'
import { useSearchParams } from 'react-router'
import { inboxQuery, TABS, type Tab } from './inbox-query.ts'

/** Folder, search and selection stand in the address, so that a link shows the same. */
export function useInbox() {
  const [search, setSearch] = useSearchParams()
  const asked = search.get('tab') as Tab | null
  const tab: Tab = asked && TABS.includes(asked) ? asked : 'todo'
  const q = search.get('q') ?? ''
  const set = (key: string, value: string | null) =>
    setSearch(
      (before) => {
        const next = new URLSearchParams(before)
        if (value) next.set(key, value)
        else next.delete(key)
        if (key === 'tab') next.delete('seat')
        return next
      },
      { replace: true },
    )
  const query = useQuery(inboxQuery(tab, q))
  return {
    tab,
    q,
    selected: search.get('seat'),
    query,
    setTab: (next: Tab) => set('tab', next === 'todo' ? null : next),
    setQ: (next: string) => set('q', next),
    select: (seat: string | null) => set('seat', seat),
  }
}
