import { CheckOutlined } from '@ant-design/icons'
import { useTranslation } from 'react-i18next'

interface StepsProps {
  now: 1 | 2
}

export function Steps({ now }: StepsProps) {
  const { t } = useTranslation()
  return (
    <ol className="login-steps" aria-label={t('login.steps')}>
      <li className={now === 1 ? 'on' : 'done'} aria-current={now === 1 ? 'step' : undefined}>
        <i>{now === 1 ? 1 : <CheckOutlined />}</i>
        {t('login.county')}
      </li>
      <li className={now === 2 ? 'on' : ''} aria-current={now === 2 ? 'step' : undefined}>
        <i>2</i>
        {t('login.accountAndPassword')}
      </li>
    </ol>
  )
}
