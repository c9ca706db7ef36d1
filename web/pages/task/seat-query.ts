import { queryOptions } from '@tanstack/react-query'
import type { TaskPage } from '../../../contracts/api/inbox.ts'
import { get } from '../../api/request.ts'

export const seatQuery = (seatId: string) =>
  queryOptions({
    queryKey: ['seat', seatId],
    queryFn: ({ signal }) => get<TaskPage>(`/seats/${encodeURIComponent(seatId)}`, signal),
    staleTime: 15_000,
  })
