import { FormOutlined } from '@ant-design/icons'
import { useQuery } from '@tanstack/react-query'
import { useTranslation } from 'react-i18next'
import { Link } from 'react-router'
import type { FormList } from '../../../contracts/api/admin.ts'
import { get } from '../../api/request.ts'
import { StateView } from '../../parts/StateView.tsx'
import { dayAndTime } from '../../words/dates.ts'
import { AdminPage } from './AdminPage.tsx'

export function Page() {
  const { t } = useTranslation()
  const query = useQuery({ queryKey: ['forms'], queryFn: ({ signal }) => get<FormList>('/admin/forms', signal) })
  return (
    <AdminPage title={t('shell.forms')} note={t('admin.formsNote')} query={query}>
      {({ forms }) =>
        forms.length === 0 ? (
          <StateView icon={<FormOutlined />} title={t('admin.noForms')} text={t('admin.noFormsText')} />
        ) : (
          <table className="admin-table card">
            <thead>
              <tr>
                <th scope="col">{t('admin.code')}</th>
                <th scope="col">{t('admin.form')}</th>
                <th scope="col">{t('admin.version')}</th>
                <th scope="col">{t('admin.usedBy')}</th>
                <th scope="col">{t('admin.published')}</th>
              </tr>
            </thead>
            <tbody>
              {forms.map((form) => (
                <tr key={form.key}>
                  <td>{form.code}</td>
                  <td>
                    <Link to={`/admin/forms/${encodeURIComponent(form.key)}`}>{form.title}</Link>
                    <span className="small">{form.key}</span>
                  </td>
                  <td>
                    {t('admin.v', { version: form.version })}
                    {form.hasDraft && <span className="pill pill-warn">{t('admin.draft')}</span>}
                  </td>
                  <td className="admin-used">{form.usedBy.join('、')}</td>
                  <td>{form.publishedAt > 0 ? dayAndTime(form.publishedAt) : t('admin.shipped')}</td>
                </tr>
              ))}
            </tbody>
          </table>
        )
      }
    </AdminPage>
  )
}
