import { queryOptions } from '@tanstack/react-query'
import type { NotificationList } from '../../contracts/api/notifications.ts'
import { get } from '../api/request.ts'

export const notificationsQuery = queryOptions({
  queryKey: ['notifications'],
  queryFn: ({ signal }) => get<NotificationList>('/notifications', signal),
  refetchInterval: 60_000,
})
