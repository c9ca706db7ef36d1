import { CloseOutlined } from '@ant-design/icons'
import { useQuery } from '@tanstack/react-query'
import { Button } from 'antd'
import { useTranslation } from 'react-i18next'
import { useNavigate } from 'react-router'
import type { RecordPage } from '../../../contracts/api/records.ts'
import { get } from '../../api/request.ts'
import { FactList } from '../../parts/FactList.tsx'
import { PhotoGrid } from '../../parts/PhotoGrid.tsx'
import { QueryView } from '../../parts/QueryView.tsx'
import { Timeline } from '../../parts/Timeline.tsx'
import { Tags } from '../record/Head.tsx'
import '../dock.css'

interface RecordDockProps {
  number: string
  onClose: () => void
}

/** The record behind a row, beside the table: it pushes, it never covers. */
export function RecordDock({ number, onClose }: RecordDockProps) {
  const { t } = useTranslation()
  const navigate = useNavigate()
  const query = useQuery({
    queryKey: ['record', number],
    queryFn: ({ signal }) => get<RecordPage>(`/records/${encodeURIComponent(number)}`, signal),
  })
  return (
    <aside className="dock" aria-label={number}>
      <header className="dock-head">
        <div className="grow">
          <span className="small">{number}</span>
          <h2>{query.data?.title}</h2>
        </div>
        <Button type="text" icon={<CloseOutlined />} aria-label={t('ledger.close')} onClick={onClose} />
      </header>
      <div className="dock-body">
        <QueryView query={query}>
          {(record) => (
            <>
              <p className="dock-tags">
                <Tags record={record} />
              </p>
              <FactList facts={record.facts} />
              {record.beforePhotos.length > 0 && (
                <>
                  <h3>{t('photos.before')}</h3>
                  <PhotoGrid photos={record.beforePhotos.slice(0, 4)} label={t('photos.before')} />
                </>
              )}
              {record.afterPhotos.length > 0 && (
                <>
                  <h3>{t('photos.after')}</h3>
                  <PhotoGrid photos={record.afterPhotos.slice(0, 4)} label={t('photos.after')} />
                </>
              )}
              <h3>{t('record.course')}</h3>
              <Timeline steps={record.timeline} newestFirst />
            </>
          )}
        </QueryView>
      </div>
      <footer className="dock-foot">
        <Button type="primary" onClick={() => navigate(`/record/${encodeURIComponent(number)}`)}>
          {t('ledger.openRecord')}
        </Button>
      </footer>
    </aside>
  )
}
