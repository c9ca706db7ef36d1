import { CheckOutlined } from '@ant-design/icons'
import { useTranslation } from 'react-i18next'
import type { ReportPage } from '../../../contracts/api/reports.ts'

export function ReportSteps({ page }: { page: ReportPage }) {
  const { t } = useTranslation()
  if (page.steps.length === 0) return null
  return (
    <ol className="report-steps" aria-label={t('report.steps')}>
      {page.steps.map((step, index) => (
        <li key={step.title} className={`report-step-${step.state}`} aria-current={step.state === 'now' ? 'step' : undefined}>
          <i aria-hidden="true">{step.state === 'done' ? <CheckOutlined /> : index + 1}</i>
          {step.title}
          <span className="small">{step.note}</span>
        </li>
      ))}
    </ol>
  )
}
