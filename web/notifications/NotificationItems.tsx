import { BellOutlined } from '@ant-design/icons'
import { useQuery } from '@tanstack/react-query'
import { useTranslation } from 'react-i18next'
import { Link } from 'react-router'
import { QueryView } from '../parts/QueryView.tsx'
import { StateView } from '../parts/StateView.tsx'
import { shortDayAndTime } from '../words/dates.ts'
import { notificationsQuery } from './notifications-query.ts'
import './notifications.css'

interface NotificationItemsProps {
  onOpen?: () => void
}

/** What I was told, newest first. */
export function NotificationItems({ onOpen }: NotificationItemsProps) {
  const { t } = useTranslation()
  const query = useQuery(notificationsQuery)
  return (
    <QueryView query={query} rows={3}>
      {({ notifications }) =>
        notifications.length === 0 ? (
          <StateView icon={<BellOutlined />} title={t('notifications.none')} />
        ) : (
          <ul className="notifications">
            {notifications.map((one) => {
              const words = (
                <>
                  <b>{one.title}</b>
                  <span>{one.words}</span>
                  <time className="small">{shortDayAndTime(one.at)}</time>
                </>
              )
              return (
                <li key={one.id} className={one.read ? '' : 'notifications-new'}>
                  {one.recordNumber ? (
                    <Link to={`/record/${encodeURIComponent(one.recordNumber)}`} onClick={onOpen}>
                      {words}
                    </Link>
                  ) : (
                    <div>{words}</div>
                  )}
                </li>
              )
            })}
          </ul>
        )
      }
    </QueryView>
  )
}
