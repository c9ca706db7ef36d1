import { NodeIndexOutlined } from '@ant-design/icons'
import { useQuery } from '@tanstack/react-query'
import { useTranslation } from 'react-i18next'
import { Link } from 'react-router'
import type { ProcedureList } from '../../../contracts/api/admin.ts'
import { get } from '../../api/request.ts'
import { StateView } from '../../parts/StateView.tsx'
import { dayAndTime } from '../../words/dates.ts'
import { AdminPage } from './AdminPage.tsx'

export function Page() {
  const { t } = useTranslation()
  const query = useQuery({ queryKey: ['procedures'], queryFn: ({ signal }) => get<ProcedureList>('/admin/procedures', signal) })
  return (
    <AdminPage title={t('shell.procedures')} note={t('admin.proceduresNote')} query={query}>
      {({ procedures }) =>
        procedures.length === 0 ? (
          <StateView icon={<NodeIndexOutlined />} title={t('admin.noProcedures')} text={t('admin.noProceduresText')} />
        ) : (
          <table className="admin-table card">
            <thead>
              <tr>
                <th scope="col">{t('admin.procedure')}</th>
                <th scope="col">{t('admin.version')}</th>
                <th scope="col">{t('admin.running')}</th>
                <th scope="col">{t('admin.published')}</th>
              </tr>
            </thead>
            <tbody>
              {procedures.map((procedure) => (
                <tr key={procedure.id}>
                  <td>
                    <Link to={`/admin/procedures/${encodeURIComponent(procedure.id)}`}>{procedure.title}</Link>
                    <span className="small">{procedure.id}</span>
                  </td>
                  <td>
                    {t('admin.v', { version: procedure.version })}
                    {procedure.hasDraft && <span className="pill pill-warn">{t('admin.draft')}</span>}
                  </td>
                  <td>{procedure.running}</td>
                  <td>{dayAndTime(procedure.publishedAt)}</td>
                </tr>
              ))}
            </tbody>
          </table>
        )
      }
    </AdminPage>
  )
}
