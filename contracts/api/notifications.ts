import { z } from 'zod'

/** GET /api/notifications: what I was told, newest first, at most 100. */
export const notificationList = z.object({
  notifications: z.array(
    z.object({
      id: z.string(),
      notice: z.string(),
      title: z.string(),
      words: z.string(),
      recordNumber: z.string().nullable(),
      at: z.number(),
      read: z.boolean(),
    }),
  ),
  unread: z.number(),
})
export type NotificationList = z.infer<typeof notificationList>

/** POST /api/notifications/read: these, or all when none is named. */
export const readNotifications = z.object({ ids: z.array(z.string()).max(100).default([]) })
