import { PrinterOutlined } from '@ant-design/icons'
import { useQuery } from '@tanstack/react-query'
import { Button } from 'antd'
import { useTranslation } from 'react-i18next'
import { useParams } from 'react-router'
import type { RecordPage as RecordData } from '../../../contracts/api/records.ts'
import { get } from '../../api/request.ts'
import { QueryView } from '../../parts/QueryView.tsx'
import { PhonePage } from '../../shell/PhonePage.tsx'
import { useIsPhone } from '../../shell/use-is-phone.ts'
import { DesktopRecord } from './DesktopRecord.tsx'
import { PhoneRecord } from './PhoneRecord.tsx'
import './record.css'

export function Page() {
  const { t } = useTranslation()
  const { number = '' } = useParams()
  const phone = useIsPhone()
  const query = useQuery({
    queryKey: ['record', number],
    queryFn: ({ signal }) => get<RecordData>(`/records/${encodeURIComponent(number)}`, signal),
    staleTime: 10_000,
  })
  if (phone) {
    return (
      <PhonePage
        title={number}
        sub={query.data?.facts[0]?.value}
        back="/inbox"
        action={<Button type="text" icon={<PrinterOutlined />} aria-label={t('task.print')} onClick={() => window.print()} />}
        footer={
          query.data?.waitingFor ? (
            <p className="record-waiting">
              <b>{t('record.waitingFor', { who: query.data.waitingFor })}</b>
            </p>
          ) : undefined
        }
      >
        <QueryView query={query}>{(record) => <PhoneRecord record={record} />}</QueryView>
      </PhonePage>
    )
  }
  return (
    <div className="page">
      <QueryView query={query}>{(record) => <DesktopRecord record={record} />}</QueryView>
    </div>
  )
}
