import { DisconnectOutlined } from '@ant-design/icons'
import { useTranslation } from 'react-i18next'
import { useOnline } from './use-online.ts'

/** No network is a normal state, said in words; writing goes on, deciding waits. */
export function OfflineStrip() {
  const { t } = useTranslation()
  return (
    <div role="status" className="offline-place">
      {!useOnline() && (
        <p className="offline-strip">
          <DisconnectOutlined aria-hidden /> {t('shell.offline')}
        </p>
      )}
    </div>
  )
}
