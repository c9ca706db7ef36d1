import { FileSearchOutlined, LockOutlined, WarningOutlined } from '@ant-design/icons'
import { Button } from 'antd'
import { useTranslation } from 'react-i18next'
import { useNavigate } from 'react-router'
import { RequestError } from '../api/request.ts'
import { StateView } from './StateView.tsx'
import { useErrorText } from './use-error-text.ts'

interface ErrorStateProps {
  error: unknown
  onRetry: () => void
}

/** What went wrong and the way on: not found, not mine, or try again. */
export function ErrorState({ error, onRetry }: ErrorStateProps) {
  const { t } = useTranslation()
  const navigate = useNavigate()
  const errorText = useErrorText()
  const status = error instanceof RequestError ? error.status : 0
  const home = <Button onClick={() => navigate('/inbox')}>{t('states.toInbox')}</Button>
  if (status === 404)
    return <StateView icon={<FileSearchOutlined />} title={t('states.notFound')} text={t('states.notFoundText')} actions={home} />
  if (status === 403)
    return <StateView icon={<LockOutlined />} title={t('states.forbidden')} text={t('states.forbiddenText')} actions={home} />
  return (
    <StateView
      tone="error"
      icon={<WarningOutlined />}
      title={t('states.failed')}
      text={errorText(error)}
      actions={
        <Button type="primary" onClick={onRetry}>
          {t('states.retry')}
        </Button>
      }
    />
  )
}
