import { FileExcelOutlined, FilePdfOutlined, FileWordOutlined, RightOutlined } from '@ant-design/icons'
import { useTranslation } from 'react-i18next'
import { Link } from 'react-router'
import type { RecordPage } from '../../../contracts/api/records.ts'
import { DiagramButton } from '../../parts/flow/DiagramButton.tsx'
import { MiniFlow } from '../../parts/flow/MiniFlow.tsx'
import { Reading } from '../../parts/reading/Reading.tsx'
import { Timeline } from '../../parts/Timeline.tsx'
import { shortDay, shortDayAndTime } from '../../words/dates.ts'

interface RecordProps {
  record: RecordPage
}

export function Course({ record }: RecordProps) {
  const { t } = useTranslation()
  return (
    <section className="card block" aria-labelledby="events-title">
      <h2 id="events-title">
        {t('record.course')}
        <span className="h-note">{t('record.newestFirst')}</span>
      </h2>
      {record.timeline.length > 0 ? <Timeline steps={record.timeline} newestFirst /> : <p className="muted">{t('record.noCourse')}</p>}
    </section>
  )
}

const icon = { docx: <FileWordOutlined />, xlsx: <FileExcelOutlined />, pdf: <FilePdfOutlined /> } as const

export function Documents({ record }: RecordProps) {
  const { t } = useTranslation()
  if (record.documents.length === 0) return null
  return (
    <section className="card block" aria-labelledby="documents-title">
      <h2 id="documents-title">{t('record.documents')}</h2>
      <ul className="files">
        {record.documents.map((document) => (
          <li key={document.id}>
            <div>
              <b>{document.title}</b>
              <small>{shortDay(document.at)}</small>
            </div>
            <a
              href={`/api/documents/${encodeURIComponent(document.id)}`}
              download
              aria-label={t('record.download', { title: document.title, format: document.format })}
            >
              {icon[document.format]} .{document.format}
            </a>
          </li>
        ))}
      </ul>
    </section>
  )
}

export function Related({ record }: RecordProps) {
  const { t } = useTranslation()
  if (record.related.length === 0) return null
  return (
    <section className="card block" aria-labelledby="related-title">
      <h2 id="related-title">{t('record.related')}</h2>
      <ul className="linked">
        {record.related.map((other) => (
          <li key={other.number}>
            <Link to={`/record/${encodeURIComponent(other.number)}`}>
              <div>
                <b>{other.title}</b>
                <small>{other.number}</small>
              </div>
              <span>{other.statusLabel}</span>
              <RightOutlined aria-hidden />
            </Link>
          </li>
        ))}
      </ul>
    </section>
  )
}

export function Diagrams({ record }: RecordProps) {
  const { t } = useTranslation()
  if (record.diagrams.length === 0) return null
  return (
    <section className="card block no-print" aria-labelledby="diagrams-title">
      <h2 id="diagrams-title">{t('flow.title')}</h2>
      {record.diagrams.map((diagram) => (
        <div key={diagram.definitionId} className="record-diagram">
          <h3>{diagram.name}</h3>
          <DiagramButton diagram={diagram}>
            <MiniFlow diagram={diagram} width={268} />
          </DiagramButton>
        </div>
      ))}
    </section>
  )
}

export function Forms({ record }: RecordProps) {
  const paired = record.beforePhotos.length + record.afterPhotos.length > 0
  return (
    <>
      {record.forms.map((form, index) => (
        // biome-ignore lint/suspicious/noArrayIndexKey: the same form may stand here twice, in a fixed order
        <section key={`${form.key}-${index}`} className="card block" aria-label={form.title}>
          <h2>
            {form.title}
            <span className="h-note">
              {form.nodeName}　{shortDayAndTime(form.at)}
            </span>
          </h2>
          <Reading form={form} withoutPhotos={paired} />
        </section>
      ))}
    </>
  )
}
