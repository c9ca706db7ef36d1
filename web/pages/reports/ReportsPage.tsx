import { BarChartOutlined, RightOutlined } from '@ant-design/icons'
import { useQuery } from '@tanstack/react-query'
import { useTranslation } from 'react-i18next'
import { Link, Navigate } from 'react-router'
import { get } from '../../api/request.ts'
import { QueryView } from '../../parts/QueryView.tsx'
import { StateView } from '../../parts/StateView.tsx'
import { TitledPage } from '../../parts/TitledPage.tsx'
import '../list-page.css'

interface Report {
  id: string
  title: string
}

function List({ reports }: { reports: Report[] }) {
  const { t } = useTranslation()
  if (reports.length === 0) return <StateView icon={<BarChartOutlined />} title={t('report.none')} text={t('report.noneText')} />
  if (reports.length === 1 && reports[0]) return <Navigate to={`/reports/${encodeURIComponent(reports[0].id)}`} replace />
  return (
    <ul className="plain-list card">
      {reports.map((report) => (
        <li key={report.id}>
          <Link to={`/reports/${encodeURIComponent(report.id)}`}>
            <b className="grow">{report.title}</b>
            <RightOutlined aria-hidden />
          </Link>
        </li>
      ))}
    </ul>
  )
}

export function Page() {
  const { t } = useTranslation()
  const query = useQuery({ queryKey: ['reports'], queryFn: ({ signal }) => get<{ reports: Report[] }>('/reports', signal) })
  return (
    <TitledPage title={t('shell.reports')}>
      <QueryView query={query} rows={3}>
        {(page) => <List reports={page.reports} />}
      </QueryView>
    </TitledPage>
  )
}
