import { CheckCircleFilled } from '@ant-design/icons'
import { Button } from 'antd'
import { useTranslation } from 'react-i18next'
import { useNavigate } from 'react-router'
import type { Started } from '../../../contracts/api/start.ts'
import { LevelTag } from '../../parts/LevelTag.tsx'
import { PhonePage } from '../../shell/PhonePage.tsx'
import { useIsPhone } from '../../shell/use-is-phone.ts'

interface StartedViewProps {
  started: Started
  procedureName: string
  onAnother: () => void
}

const LEVELS = ['GENERAL', 'SUSPECTED_MAJOR', 'MAJOR'] as const

/** What came of it: the sentence, the numbers, and where to follow it. */
export function StartedView({ started, procedureName, onAnother }: StartedViewProps) {
  const { t } = useTranslation()
  const navigate = useNavigate()
  const phone = useIsPhone()
  const content = (
    <section className="card start-done" role="status">
      <CheckCircleFilled className="start-done-icon" aria-hidden />
      <h1>{started.sentence || t('start.done')}</h1>
      {started.recordNumber && <p className="muted">{t('start.doneNumber', { number: started.recordNumber })}</p>}
      {started.hazards.length > 0 && (
        <ul aria-label={t('start.doneHazards')}>
          {started.hazards.map((hazard) => {
            const level = LEVELS.find((one) => one === hazard.level)
            return (
              <li key={hazard.number}>
                {level && <LevelTag level={level} />}
                <span className="muted nowrap">{hazard.number}</span>
                <span>{hazard.description}</span>
              </li>
            )
          })}
        </ul>
      )}
      <div className="start-done-actions">
        {started.recordNumber && (
          <Button type="primary" onClick={() => navigate(`/record/${encodeURIComponent(started.recordNumber)}`)}>
            {t('start.toRecord')}
          </Button>
        )}
        <Button onClick={() => navigate('/inbox')}>{t('start.toInbox')}</Button>
        <Button onClick={onAnother}>{t('start.another')}</Button>
      </div>
    </section>
  )
  if (phone)
    return (
      <PhonePage title={procedureName} back="/start">
        {content}
      </PhonePage>
    )
  return <div className="page">{content}</div>
}
