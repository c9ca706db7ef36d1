import { ExclamationCircleFilled, ReloadOutlined } from '@ant-design/icons'
import { Button } from 'antd'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import { Link } from 'react-router'
import { dayAndTime } from '../../words/dates.ts'
import { IncidentDialog } from './IncidentDialog.tsx'
import { type Incident, useIncidentWords } from './incident-words.ts'
import { useRetryIncidents } from './use-retry-incidents.ts'

/** One incident: what stands still and why, what was done about it, and what can be done next. */
export function IncidentRow({ incident }: { incident: Incident }) {
  const { t } = useTranslation()
  const [dialog, setDialog] = useState<'note' | 'give-up' | null>(null)
  const retry = useRetryIncidents()
  const { title, explanation } = useIncidentWords(incident)
  const isOfMachine = incident.type !== 'heldSeat'
  // It comes back by itself, or somebody starts it: nothing on this page could.
  const isAway = incident.type === 'engineAway'
  return (
    <li className="incident">
      <h3>
        <ExclamationCircleFilled aria-hidden />
        {title}
      </h3>
      <span className="small">{[incident.nodeName, incident.procedureTitle, dayAndTime(incident.at)].filter(Boolean).join('　')}</span>
      {incident.recordNumber && (
        <p>
          <Link to={`/record/${encodeURIComponent(incident.recordNumber)}`}>
            {incident.recordNumber} {incident.recordTitle}
          </Link>
        </p>
      )}
      <p>{explanation}</p>
      {incident.trace.length > 0 && (
        <ul className="incident-trace" aria-label={t('operations.trace')}>
          {incident.trace.map(({ at, personName, action, text }) => (
            <li key={`${at} ${action} ${text}`}>
              <span className="small">{dayAndTime(at)}</span> {personName} {action === 'retried' ? t('operations.wasRetried') : text}
            </li>
          ))}
        </ul>
      )}
      {!isAway && (
        <div className="incident-actions">
          <Button type="primary" icon={<ReloadOutlined />} loading={retry.isPending} onClick={() => retry.mutate([incident.id])}>
            {t(isOfMachine ? 'operations.retry' : 'operations.lookAgain')}
          </Button>
          <Button onClick={() => setDialog('note')}>{t('operations.note.do')}</Button>
          {incident.canGiveUp && (
            <Button danger onClick={() => setDialog('give-up')}>
              {t('operations.give-up.do')}
            </Button>
          )}
        </div>
      )}
      {isOfMachine && (
        <details className="incident-details">
          <summary>{t('operations.details')}</summary>
          <pre>
            {[incident.message, incident.activityId && `${t('operations.nodeId')} ${incident.activityId}`, incident.id]
              .filter(Boolean)
              .join('\n')}
          </pre>
        </details>
      )}
      {dialog && <IncidentDialog kind={dialog} incident={incident} title={title} onClose={() => setDialog(null)} />}
    </li>
  )
}
