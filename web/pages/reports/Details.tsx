import { useTranslation } from 'react-i18next'
import { Link } from 'react-router'
import type { ReportPage } from '../../../contracts/api/reports.ts'

/** 重大隐患明细 (F19), as the annex prints it. */
export function Details({ page }: { page: ReportPage }) {
  const { t } = useTranslation()
  if (page.details.length === 0) return null
  return (
    <section className="report-details" aria-labelledby="details-title">
      <h2 id="details-title">{t('report.details')}</h2>
      <table>
        <thead>
          <tr>
            {['seq', 'enterprise', 'town', 'industry', 'lister', 'plan'].map((column) => (
              <th key={column} scope="col">
                {t(`report.detail.${column}`)}
              </th>
            ))}
          </tr>
        </thead>
        <tbody>
          {page.details.map((detail) => (
            <tr key={detail.number}>
              <td data-label={t('report.detail.seq')}>{detail.seq}</td>
              <td data-label={t('report.detail.enterprise')}>
                <Link to={`/record/${encodeURIComponent(detail.number)}`}>{detail.enterpriseName}</Link>
              </td>
              <td data-label={t('report.detail.town')}>{detail.townName}</td>
              <td data-label={t('report.detail.industry')}>{detail.industry}</td>
              <td data-label={t('report.detail.lister')}>{detail.listingOrg}</td>
              <td data-label={t('report.detail.plan')}>{detail.detailAndPlan}</td>
            </tr>
          ))}
        </tbody>
      </table>
    </section>
  )
}
