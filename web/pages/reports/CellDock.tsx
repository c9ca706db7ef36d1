import { CloseOutlined, CommentOutlined, EditOutlined, UndoOutlined } from '@ant-design/icons'
import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query'
import { Button } from 'antd'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import { Link } from 'react-router'
import type { ReportCellRows, ReportPage } from '../../../contracts/api/reports.ts'
import { withQuery } from '../../api/path.ts'
import { change, get } from '../../api/request.ts'
import { message } from '../../parts/messages.ts'
import { QueryView } from '../../parts/QueryView.tsx'
import { useErrorText } from '../../parts/use-error-text.ts'
import { shortDayAndTime } from '../../words/dates.ts'
import { CommentForm, OverrideForm } from './CellForms.tsx'
import { type Column, cellText } from './cell-text.ts'

interface CellDockProps {
  page: ReportPage
  row: string
  column: string
  onClose: () => void
}

function Rows({ rows, column }: { rows: ReportCellRows; column: Column }) {
  const { t } = useTranslation()
  const sum = column.kind === 'money' ? rows.rows.reduce((total, row) => total + (row.amountFen ?? 0), 0) : rows.rows.length
  return (
    <>
      <div className="cell-big">
        <b>{cellText(column, rows.value)}</b>
        {column.unit}
      </div>
      <p className="cell-rule">{rows.rule}</p>
      <ul className="cell-rows">
        {rows.rows.map((row) => (
          <li key={row.id}>
            {row.number ? (
              <Link to={`/record/${encodeURIComponent(row.number)}`}>
                <b>{row.title}</b>
              </Link>
            ) : (
              <b>{row.title}</b>
            )}
            <p className="small">
              {[row.number, row.who, shortDayAndTime(row.at)].filter(Boolean).join('　')}
              {row.amountFen !== null && `　${(row.amountFen / 1_000_000).toFixed(2)} ${t('reading.tenThousand')}`}
            </p>
          </li>
        ))}
      </ul>
      <p className={sum === rows.value ? 'small' : 'cell-differs'}>
        {sum === rows.value ? t('report.rowsAgree', { count: rows.rows.length }) : t('report.rowsDiffer', { count: rows.rows.length })}
      </p>
    </>
  )
}

/** The rows behind a figure, its rule in a sentence, and the correction by hand. */
export function CellDock({ page, row, column: key, onClose }: CellDockProps) {
  const { t } = useTranslation()
  const client = useQueryClient()
  const errorText = useErrorText()
  const [form, setForm] = useState<'override' | 'comment' | null>(null)
  const column = page.columns.find((one) => one.key === key)
  const line = page.rows.find((one) => one.id === row)
  const cell = line?.cells.find((one) => one.column === key)
  const where = { unit: page.unit.id, period: page.period, column: key }
  const query = useQuery({
    queryKey: ['report', page.id, 'cell', page.unit.id, page.period, row, key],
    queryFn: ({ signal }) => get<ReportCellRows>(withQuery(`/reports/${encodeURIComponent(page.id)}/cell`, { ...where, row }), signal),
  })
  const restore = useMutation({
    mutationFn: () => change('DELETE', withQuery(`/reports/${encodeURIComponent(page.id)}/override`, where)),
    onSuccess: () => client.invalidateQueries({ queryKey: ['report'] }),
    onError: (error) => message.error(errorText(error)),
  })
  if (!column || !line) return null
  const mayWrite = page.mayOverride && (line.kind === 'period' || line.kind === 'county-own')
  const handleDone = () => {
    setForm(null)
    void client.invalidateQueries({ queryKey: ['report'] })
  }
  return (
    <aside className="dock report-dock" aria-label={t('report.cell')}>
      <header className="dock-head">
        <div className="grow">
          <span className="small">{line.title}</span>
          <h2>{column.group ? `${column.group} › ${column.title}` : column.title}</h2>
        </div>
        <Button type="text" icon={<CloseOutlined />} aria-label={t('report.closeCell')} onClick={onClose} />
      </header>
      <div className="dock-body">
        <QueryView query={query} rows={4}>
          {(rows) => <Rows rows={rows} column={column} />}
        </QueryView>
        {cell?.overridden && (
          <div className="cell-note">
            <b>{t('report.overridden')}</b>
            <p>
              <s>{cellText(column, cell.overridden.old)}</s> → {cellText(column, cell.value)}：{cell.overridden.reason}
            </p>
            <p className="small">
              {cell.overridden.who}　{shortDayAndTime(cell.overridden.at)}
            </p>
            {mayWrite && (
              <Button size="small" icon={<UndoOutlined />} loading={restore.isPending} onClick={() => restore.mutate()}>
                {t('report.restore')}
              </Button>
            )}
          </div>
        )}
        {cell?.comment && (
          <div className="cell-note">
            <b>{t('report.note.comment')}</b>
            <p>{cell.comment}</p>
          </div>
        )}
        {form === 'override' && (
          <OverrideForm page={page} column={column} value={cell?.value ?? 0} onDone={handleDone} onCancel={() => setForm(null)} />
        )}
        {form === 'comment' && <CommentForm page={page} column={column} onDone={handleDone} onCancel={() => setForm(null)} />}
      </div>
      {page.mayOverride && form === null && (
        <footer className="dock-foot">
          {mayWrite && (
            <Button icon={<EditOutlined />} onClick={() => setForm('override')}>
              {t('report.override')}
            </Button>
          )}
          <Button icon={<CommentOutlined />} onClick={() => setForm('comment')}>
            {t('report.comment')}
          </Button>
        </footer>
      )}
    </aside>
  )
}
