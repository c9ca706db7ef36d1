import { BellOutlined } from '@ant-design/icons'
import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query'
import { Button, Popover } from 'antd'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import { change } from '../api/request.ts'
import { NotificationItems } from './NotificationItems.tsx'
import { notificationsQuery } from './notifications-query.ts'
import './notifications.css'

/** The bell of the header: how many are new, and what they say. Opening it marks them read when it closes. */
export function NotificationBell() {
  const { t } = useTranslation()
  const client = useQueryClient()
  const [open, setOpen] = useState(false)
  const unread = useQuery(notificationsQuery).data?.unread ?? 0
  const read = useMutation({
    mutationFn: () => change('POST', '/notifications/read', { ids: [] }),
    onSuccess: () => client.invalidateQueries({ queryKey: ['notifications'] }),
  })
  const handleOpen = (next: boolean) => {
    setOpen(next)
    if (!next && unread > 0) read.mutate()
  }
  return (
    <Popover
      trigger="click"
      placement="bottomRight"
      open={open}
      onOpenChange={handleOpen}
      content={<NotificationItems onOpen={() => handleOpen(false)} />}
    >
      <Button type="text" className="bell" icon={<BellOutlined />} aria-label={t('notifications.bell', { count: unread })}>
        {unread > 0 && (
          <span className="bell-count" aria-hidden="true">
            {unread > 99 ? '99+' : unread}
          </span>
        )}
      </Button>
    </Popover>
  )
}
