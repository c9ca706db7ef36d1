import { useMutation } from '@tanstack/react-query'
import { Button, Input, InputNumber } from 'antd'
import { type FormEvent, useState } from 'react'
import { useTranslation } from 'react-i18next'
import type { ReportPage } from '../../../contracts/api/reports.ts'
import { change } from '../../api/request.ts'
import { useErrorText } from '../../parts/use-error-text.ts'
import type { Column } from './cell-text.ts'

const FEN_IN_WAN = 1_000_000
const LEAST_REASON = 10

interface CellFormProps {
  page: ReportPage
  column: Column
  onDone: () => void
  onCancel: () => void
}

/** A correction never changes the facts; the reason stands beside the figure for good. */
export function OverrideForm({ page, column, value, onDone, onCancel }: CellFormProps & { value: number }) {
  const { t } = useTranslation()
  const errorText = useErrorText()
  const money = column.kind === 'money'
  const [figure, setFigure] = useState<number | null>(money ? value / FEN_IN_WAN : value)
  const [reason, setReason] = useState('')
  const [lack, setLack] = useState<string | null>(null)
  const save = useMutation({
    mutationFn: (next: number) =>
      change('POST', `/reports/${encodeURIComponent(page.id)}/override`, {
        unit: page.unit.id,
        period: page.period,
        column: column.key,
        value: next,
        reason: reason.trim(),
      }),
    onSuccess: onDone,
    onError: (error) => setLack(errorText(error)),
  })
  const handleSubmit = (event: FormEvent) => {
    event.preventDefault()
    const missing =
      figure === null
        ? t('report.figureMissing')
        : reason.trim().length < LEAST_REASON
          ? t('report.reasonShort', { count: LEAST_REASON })
          : null
    setLack(missing)
    if (missing === null && figure !== null) save.mutate(money ? Math.round(figure * FEN_IN_WAN) : figure)
  }
  return (
    <form className="cell-form" onSubmit={handleSubmit}>
      <label htmlFor="cell-value">{t('report.newFigure')}</label>
      <InputNumber
        id="cell-value"
        value={figure}
        onChange={setFigure}
        min={0}
        precision={money ? 2 : 0}
        suffix={column.unit}
        style={{ width: '100%' }}
      />
      <label htmlFor="cell-reason">{t('report.reason', { count: LEAST_REASON })}</label>
      <Input.TextArea
        id="cell-reason"
        value={reason}
        onChange={(event) => setReason(event.target.value)}
        autoSize={{ minRows: 2 }}
        maxLength={500}
        aria-describedby="cell-lack"
      />
      <Foot lack={lack} saves={t('report.saveOverride')} saving={save.isPending} onCancel={onCancel} />
    </form>
  )
}

export function CommentForm({ page, column, onDone, onCancel }: CellFormProps) {
  const { t } = useTranslation()
  const errorText = useErrorText()
  const [words, setWords] = useState('')
  const [lack, setLack] = useState<string | null>(null)
  const save = useMutation({
    mutationFn: () =>
      change('POST', `/reports/${encodeURIComponent(page.id)}/comment`, {
        unit: page.unit.id,
        period: page.period,
        column: column.key,
        words: words.trim(),
      }),
    onSuccess: onDone,
    onError: (error) => setLack(errorText(error)),
  })
  const handleSubmit = (event: FormEvent) => {
    event.preventDefault()
    setLack(words.trim() === '' ? t('report.wordsMissing') : null)
    if (words.trim()) save.mutate()
  }
  return (
    <form className="cell-form" onSubmit={handleSubmit}>
      <label htmlFor="cell-words">{t('report.comment')}</label>
      <Input.TextArea
        id="cell-words"
        value={words}
        onChange={(event) => setWords(event.target.value)}
        autoSize={{ minRows: 2 }}
        maxLength={500}
        aria-describedby="cell-lack"
      />
      <Foot lack={lack} saves={t('report.saveComment')} saving={save.isPending} onCancel={onCancel} />
    </form>
  )
}

/** What is still missing, and the two buttons: the same under both forms. */
function Foot({ lack, saves, saving, onCancel }: { lack: string | null; saves: string; saving: boolean; onCancel(): void }) {
  const { t } = useTranslation()
  return (
    <>
      <p id="cell-lack" role="alert" className="cell-lack">
        {lack}
      </p>
      <div className="cell-form-actions">
        <Button onClick={onCancel}>{t('report.cancel')}</Button>
        <Button type="primary" htmlType="submit" loading={saving}>
          {saves}
        </Button>
      </div>
    </>
  )
}
