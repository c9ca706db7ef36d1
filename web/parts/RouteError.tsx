import { WarningOutlined } from '@ant-design/icons'
import { Button } from 'antd'
import { useEffect, useState } from 'react'
import { useTranslation } from 'react-i18next'
import { useOnline } from '../shell/use-online.ts'
import { StateView } from './StateView.tsx'

/** A page that broke, or whose chunk is gone after an update: reloading helps in both cases; without a network, once it is back. */
export function RouteError() {
  const { t } = useTranslation()
  const online = useOnline()
  const [wasOffline] = useState(!online)
  useEffect(() => {
    if (wasOffline && online) window.location.reload()
  }, [wasOffline, online])
  return (
    <main>
      <StateView
        tone="error"
        icon={<WarningOutlined />}
        title={t('states.failed')}
        text={t(online ? 'errors.unknown' : 'errors.pageOffline')}
        actions={
          <Button type="primary" onClick={() => window.location.reload()}>
            {t('states.retry')}
          </Button>
        }
      />
    </main>
  )
}
