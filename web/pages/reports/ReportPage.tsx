import { FileExcelOutlined } from '@ant-design/icons'
import { useMutation, useQueryClient } from '@tanstack/react-query'
import { Button, Popconfirm, Select } from 'antd'
import { useTranslation } from 'react-i18next'
import { useNavigate, useParams } from 'react-router'
import type { ReportPage } from '../../../contracts/api/reports.ts'
import { change } from '../../api/request.ts'
import { message } from '../../parts/messages.ts'
import { QueryView } from '../../parts/QueryView.tsx'
import { useErrorText } from '../../parts/use-error-text.ts'
import { useKeys } from '../../parts/use-keys.ts'
import { PhonePage } from '../../shell/PhonePage.tsx'
import { useIsPhone } from '../../shell/use-is-phone.ts'
import { CellDock } from './CellDock.tsx'
import { isFigure } from './cell-text.ts'
import { Details } from './Details.tsx'
import { Notes } from './Notes.tsx'
import { ReportSteps } from './ReportSteps.tsx'
import { ReportTable } from './ReportTable.tsx'
import { type Report, useReport } from './use-report.ts'
import '../../parts/tags.css'
import '../dock.css'
import './report.css'

interface ReportProps {
  page: ReportPage
  report: Report
}

const tones: Record<ReportPage['state'], string> = {
  DRAFT: 'pill-warn',
  SIGNED: 'pill-info',
  RETURNED: 'pill-warn',
  ACCEPTED: 'pill-good',
  ISSUED: 'pill-good',
}

function Choice({ page, report }: ReportProps) {
  const { t } = useTranslation()
  return (
    <>
      {page.units.length > 1 && (
        <Select
          className="report-unit"
          aria-label={t('report.unit')}
          value={page.unit.id}
          options={page.units.map((unit) => ({ value: unit.id, label: unit.name }))}
          onChange={(unit: string) => report.choose(unit, page.period)}
        />
      )}
      <Select
        className="report-period"
        aria-label={t('report.period')}
        value={page.period}
        options={page.periods.map((period) => ({ value: period.id, label: period.title }))}
        onChange={(period: string) => report.choose(page.unit.id, period)}
      />
      <span className={`pill ${tones[page.state]}`}>
        {t(`report.state.${page.state}`)}
        {page.version > 1 && ` · ${t('report.version', { version: page.version })}`}
      </span>
    </>
  )
}

function Correct({ page }: { page: ReportPage }) {
  const { t } = useTranslation()
  const client = useQueryClient()
  const errorText = useErrorText()
  const correct = useMutation({
    mutationFn: () => change('POST', `/reports/${encodeURIComponent(page.id)}/correct`, { unit: page.unit.id, period: page.period }),
    onSuccess: () => client.invalidateQueries({ queryKey: ['report'] }),
    onError: (error) => message.error(errorText(error)),
  })
  if (!page.mayCorrect) return null
  return (
    <Popconfirm
      title={t('report.correctAsk')}
      okText={t('report.correct')}
      cancelText={t('report.cancel')}
      onConfirm={() => correct.mutate()}
    >
      <Button loading={correct.isPending}>{t('report.correct')}</Button>
    </Popconfirm>
  )
}

function Bar({ page }: { page: ReportPage }) {
  const { t } = useTranslation()
  const navigate = useNavigate()
  const failed = page.checks.filter((check) => !check.ok)
  return (
    <footer className="report-bar no-print">
      <p className="grow">
        {page.blockedBy.length > 0 && (
          <>
            <b>{t('report.blocked')}</b>
            {page.blockedBy.join('；')}
          </>
        )}
        {page.blockedBy.length === 0 &&
          failed.map((check) => (
            <span key={check.text} className="report-warn">
              {check.text}
            </span>
          ))}
        {page.pendingConfirmation > 0 && <span className="muted"> {t('report.pending', { count: page.pendingConfirmation })}</span>}
      </p>
      <Correct page={page} />
      {page.seatId && (
        <Button type="primary" onClick={() => navigate(`/inbox/${encodeURIComponent(page.seatId ?? '')}`)}>
          {t('report.toSeat')}
        </Button>
      )}
    </footer>
  )
}

function Content({ page, report }: ReportProps) {
  const columns = page.columns.filter(isFigure)
  const cells = page.rows.flatMap((row) => columns.map((column) => [row.id, column.key] as const))
  const at = cells.findIndex(([row, column]) => row === report.row && column === report.column)
  const move = (step: number) => {
    const next = at < 0 ? undefined : cells[at + step]
    if (next) report.open(next[0], next[1])
  }
  useKeys({
    arrowright: () => move(1),
    arrowleft: () => move(-1),
    arrowdown: () => move(columns.length),
    arrowup: () => move(-columns.length),
    escape: () => report.open(null, null),
  })
  return (
    <section className="card report-panel">
      <ReportSteps page={page} />
      <ReportTable page={page} row={report.row} column={report.column} onOpen={report.open} />
      <Notes page={page} />
      <Details page={page} />
    </section>
  )
}

function Desktop({ page, report }: ReportProps) {
  const { t } = useTranslation()
  const opened = report.row && report.column
  return (
    <div className="dock-page">
      <div className="dock-main">
        <div className="page-head">
          <h1>{page.title}</h1>
          <Choice page={page} report={report} />
          <span className="grow" />
          <Button icon={<FileExcelOutlined />} href={report.exportUrl(page)}>
            {t('report.export')}
          </Button>
        </div>
        <Content page={page} report={report} />
        <Bar page={page} />
      </div>
      {opened && (
        <CellDock
          key={`${report.row}/${report.column}`}
          page={page}
          row={report.row ?? ''}
          column={report.column ?? ''}
          onClose={() => report.open(null, null)}
        />
      )}
    </div>
  )
}

function Phone({ page, report }: ReportProps) {
  const { t } = useTranslation()
  return (
    <>
      <div className="report-phone-choice">
        <Choice page={page} report={report} />
      </div>
      <Content page={page} report={report} />
      <Button block icon={<FileExcelOutlined />} href={report.exportUrl(page)}>
        {t('report.export')}
      </Button>
      <Bar page={page} />
      {report.row && report.column && (
        <CellDock
          key={`${report.row}/${report.column}`}
          page={page}
          row={report.row}
          column={report.column}
          onClose={() => report.open(null, null)}
        />
      )}
    </>
  )
}

export function Page() {
  const { id = '' } = useParams()
  const phone = useIsPhone()
  const report = useReport(id)
  if (phone)
    return (
      <PhonePage title={report.query.data?.title ?? ''}>
        <QueryView query={report.query}>{(page) => <Phone page={page} report={report} />}</QueryView>
      </PhonePage>
    )
  return <QueryView query={report.query}>{(page) => <Desktop page={page} report={report} />}</QueryView>
}
