import { WarningOutlined } from '@ant-design/icons'
import { Button } from 'antd'
import { useTranslation } from 'react-i18next'
import { StateView } from './StateView.tsx'

/** A page that broke, or whose chunk is gone after an update: reloading helps in both cases. */
export function RouteError() {
  const { t } = useTranslation()
  return (
    <main>
      <StateView
        tone="error"
        icon={<WarningOutlined />}
        title={t('states.failed')}
        text={t('errors.unknown')}
        actions={
          <Button type="primary" onClick={() => window.location.reload()}>
            {t('states.retry')}
          </Button>
        }
      />
    </main>
  )
}
