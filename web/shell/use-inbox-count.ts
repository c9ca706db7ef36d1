import { useQuery } from '@tanstack/react-query'
import { inboxQuery } from '../pages/inbox/inbox-query.ts'

/** How many seats wait for me: the figure beside 待办. */
export const useInboxCount = () => useQuery(inboxQuery('todo', '')).data?.counts.todo ?? 0
