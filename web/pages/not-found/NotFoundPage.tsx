import { FileSearchOutlined } from '@ant-design/icons'
import { Button } from 'antd'
import { useTranslation } from 'react-i18next'
import { useNavigate } from 'react-router'
import { StateView } from '../../parts/StateView.tsx'

export function Page() {
  const { t } = useTranslation()
  const navigate = useNavigate()
  return (
    <StateView
      icon={<FileSearchOutlined />}
      title={t('states.notFound')}
      text={t('states.notFoundText')}
      actions={
        <Button type="primary" onClick={() => navigate('/inbox')}>
          {t('states.toInbox')}
        </Button>
      }
    />
  )
}
