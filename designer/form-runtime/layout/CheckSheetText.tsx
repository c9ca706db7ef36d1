import { observer, useField } from '@formily/react'
import { useState } from 'react'
import { FIELD_VALUES, resultWords, sheetLines } from '../../../contracts/form-rules/index.ts'
import { say } from '../words/say.ts'
import type { CheckRow, CheckSheetFieldProps } from './CheckSheetField.tsx'

/** A sheet that is only read: the count, the failed lines, and all lines on demand. */
export const CheckSheetText = observer(({ path, schema, title }: CheckSheetFieldProps) => {
  const field = useField<{ value: unknown } & ReturnType<typeof useField>>()
  const [all, setAll] = useState(false)
  const rows = (Array.isArray(field.value) ? field.value : []) as CheckRow[]
  const words = resultWords(schema)
  const lines = new Map(sheetLines(schema).map((line) => [line.lineId, line]))
  const shown = rows.filter((row) => all || row.result === 'ABNORMAL')
  return (
    <div className="bf-field bf-read" data-wide data-path={path}>
      <span className="bf-label">{title}</span>
      <p className="bf-value">
        {FIELD_VALUES.CheckSheet.toText(rows, schema, () => undefined)}
        <button type="button" className="bf-link" aria-expanded={all} onClick={() => setAll(!all)}>
          {all ? say('check.only', { word: words.ABNORMAL }) : say('check.all')}
        </button>
      </p>
      {shown.length > 0 && (
        <ol className="bf-sheet-text">
          {shown.map((row) => (
            <li key={row.lineId} data-result={row.result}>
              <span>{row.lineId}</span>
              <span>
                {lines.get(row.lineId)?.item ?? String(row['item'] ?? '')}
                {typeof row['note'] === 'string' && row['note'] !== '' && <small>{row['note']}</small>}
              </span>
              <b>{row.result ? words[row.result] : say('check.unchecked')}</b>
            </li>
          ))}
        </ol>
      )}
    </div>
  )
})
