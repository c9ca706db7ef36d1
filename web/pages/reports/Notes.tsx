import { useTranslation } from 'react-i18next'
import type { ReportPage } from '../../../contracts/api/reports.ts'
import { shortDayAndTime } from '../../words/dates.ts'
import { cellText } from './cell-text.ts'

/** Corrections by hand and comments, a line each. */
export function Notes({ page }: { page: ReportPage }) {
  const { t } = useTranslation()
  const notes = page.notes ?? []
  if (notes.length === 0) return null
  return (
    <section className="report-notes" aria-label={t('report.notes')}>
      {notes.map((note) => {
        const column = page.columns.find((one) => one.key === note.column)
        const figure = (value: number | null) => (value === null || !column ? '' : cellText(column, value))
        return (
          <div key={`${note.place}-${note.column}-${note.at}-${note.words}`}>
            <i className={note.kind === 'override' ? 'report-override' : 'report-comment'} aria-hidden="true" />
            <span>{t(`report.note.${note.kind}`)}</span>
            <b>{note.place}</b>
            <span>
              {note.old !== null && (
                <>
                  <s>{figure(note.old)}</s> → <b>{figure(note.value)}</b>
                </>
              )}
            </span>
            <span className="report-note-why">{note.words}</span>
            <span className="muted">
              {note.who}
              {note.at !== null && ` ${shortDayAndTime(note.at)}`}
            </span>
          </div>
        )
      })}
    </section>
  )
}
