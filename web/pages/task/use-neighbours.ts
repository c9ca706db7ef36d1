import { useQuery } from '@tanstack/react-query'
import { inboxQuery } from '../inbox/inbox-query.ts'

/** The items before and after this one in my inbox. */
export function useNeighbours(seatId: string) {
  const items = useQuery(inboxQuery('todo', '')).data?.items ?? []
  const index = items.findIndex((item) => item.seatId === seatId)
  return {
    index,
    count: items.length,
    previous: index > 0 ? items[index - 1]?.seatId : undefined,
    next: index >= 0 ? items[index + 1]?.seatId : undefined,
  }
}
