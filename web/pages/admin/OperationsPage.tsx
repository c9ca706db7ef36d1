import { CheckCircleOutlined, ExclamationCircleFilled, ReloadOutlined } from '@ant-design/icons'
import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query'
import { App, Button } from 'antd'
import { useTranslation } from 'react-i18next'
import { Link } from 'react-router'
import type { Operations } from '../../../contracts/api/admin.ts'
import { change, get } from '../../api/request.ts'
import { StateView } from '../../parts/StateView.tsx'
import { useErrorText } from '../../parts/use-error-text.ts'
import { dayAndTime } from '../../words/dates.ts'
import { AdminPage } from './AdminPage.tsx'

type Incident = Operations['incidents'][number]

function IncidentRow({ incident }: { incident: Incident }) {
  const { t, i18n } = useTranslation()
  const client = useQueryClient()
  const { message } = App.useApp()
  const errorText = useErrorText()
  const retry = useMutation({
    mutationFn: () => change('POST', `/admin/operations/incidents/${encodeURIComponent(incident.id)}/retry`),
    onSuccess: () => {
      void message.success(t('operations.retried'))
      void client.invalidateQueries({ queryKey: ['operations'] })
    },
    onError: (error) => void message.error(errorText(error)),
  })
  const word = `operations.incident.${incident.type}`
  return (
    <li className="incident">
      <h3>
        <ExclamationCircleFilled aria-hidden />
        {i18n.exists(word) ? t(word) : t('operations.incidentOther')}
      </h3>
      <span className="small">{[incident.activityId, incident.recordNumber, dayAndTime(incident.at)].filter(Boolean).join('　')}</span>
      <p>{incident.message}</p>
      <div className="incident-actions">
        <Button size="small" type="primary" icon={<ReloadOutlined />} loading={retry.isPending} onClick={() => retry.mutate()}>
          {t('operations.retry')}
        </Button>
        {incident.recordNumber && <Link to={`/record/${encodeURIComponent(incident.recordNumber)}`}>{t('operations.openRecord')}</Link>}
      </div>
    </li>
  )
}

function Content({ page }: { page: Operations }) {
  const { t, i18n } = useTranslation()
  return (
    <div className="operations">
      <section className="card" aria-labelledby="incidents-title">
        <div className="operations-head">
          <h2 id="incidents-title">{t('operations.incidents')}</h2>
          <span className="muted">{t('operations.incidentCount', { count: page.incidents.length })}</span>
        </div>
        {page.incidents.length === 0 ? (
          <StateView icon={<CheckCircleOutlined />} title={t('operations.none')} text={t('operations.noneText')} />
        ) : (
          <ul>
            {page.incidents.map((incident) => (
              <IncidentRow key={incident.id} incident={incident} />
            ))}
          </ul>
        )}
      </section>
      <div className="operations-side">
        <section className="card" aria-labelledby="running-title">
          <div className="operations-head">
            <h2 id="running-title">{t('operations.running')}</h2>
          </div>
          <table>
            <tbody>
              {page.running.map((one) => (
                <tr key={one.definitionKey}>
                  <td>{one.title}</td>
                  <td>{one.count}</td>
                </tr>
              ))}
            </tbody>
          </table>
        </section>
        <section className="card" aria-labelledby="workers-title">
          <div className="operations-head">
            <h2 id="workers-title">{t('operations.workers')}</h2>
          </div>
          <table>
            <thead>
              <tr>
                <th scope="col">{t('operations.topic')}</th>
                <th scope="col">{t('operations.lastSeen')}</th>
              </tr>
            </thead>
            <tbody>
              {page.workers.map((worker) => (
                <tr key={worker.topic}>
                  <td>{i18n.exists(`operations.topics.${worker.topic}`) ? t(`operations.topics.${worker.topic}`) : worker.topic}</td>
                  <td>{worker.lastSeenAt === null ? t('operations.never') : dayAndTime(worker.lastSeenAt)}</td>
                </tr>
              ))}
            </tbody>
          </table>
        </section>
      </div>
    </div>
  )
}

export function Page() {
  const { t } = useTranslation()
  const query = useQuery({
    queryKey: ['operations'],
    queryFn: ({ signal }) => get<Operations>('/admin/operations', signal),
    refetchInterval: 15_000,
  })
  return (
    <AdminPage title={t('shell.operations')} note={t('operations.note')} query={query}>
      {(page) => <Content page={page} />}
    </AdminPage>
  )
}
