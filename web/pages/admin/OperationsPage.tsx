import { CheckCircleOutlined, ReloadOutlined } from '@ant-design/icons'
import { useQuery } from '@tanstack/react-query'
import { Button } from 'antd'
import { useTranslation } from 'react-i18next'
import type { Operations } from '../../../contracts/api/admin.ts'
import { get } from '../../api/request.ts'
import { StateView } from '../../parts/StateView.tsx'
import { dayAndTime } from '../../words/dates.ts'
import { AdminPage } from './AdminPage.tsx'
import { IncidentRow } from './IncidentRow.tsx'
import { useRetryIncidents } from './use-retry-incidents.ts'

function Content({ page }: { page: Operations }) {
  const { t, i18n } = useTranslation()
  const retryAll = useRetryIncidents()
  const isAway = page.incidents.some(({ type }) => type === 'engineAway')
  return (
    <div className="operations">
      <section className="card" aria-labelledby="incidents-title">
        <div className="operations-head">
          <h2 id="incidents-title">{t('operations.incidents')}</h2>
          <span className="muted grow">{t('operations.incidentCount', { count: page.incidents.length })}</span>
          {page.incidents.length > 1 && (
            <Button
              icon={<ReloadOutlined />}
              loading={retryAll.isPending}
              onClick={() => retryAll.mutate(page.incidents.filter(({ type }) => type !== 'engineAway').map(({ id }) => id))}
            >
              {t('operations.retryAll')}
            </Button>
          )}
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
          {page.running.length === 0 && (
            <p className="muted operations-nothing">{t(isAway ? 'operations.runningUnknown' : 'operations.nothingRuns')}</p>
          )}
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
    <AdminPage title={t('shell.operations')} note={t('operations.intro')} query={query}>
      {(page) => <Content page={page} />}
    </AdminPage>
  )
}
