import { CheckOutlined, CloseOutlined, PrinterOutlined } from '@ant-design/icons'
import { Button } from 'antd'
import { useTranslation } from 'react-i18next'
import type { RecordPage } from '../../../contracts/api/records.ts'
import { Due } from '../../parts/Due.tsx'
import { FactList } from '../../parts/FactList.tsx'
import { LevelTag } from '../../parts/LevelTag.tsx'
import { shortDay } from '../../words/dates.ts'

interface RecordProps {
  record: RecordPage
}

/** The stations of a record's life; two may be current. A line that ended early says so at its station. */
export function Stations({ record }: RecordProps) {
  const { t } = useTranslation()
  if (record.stations.length === 0) return null
  return (
    <ol className="life" aria-label={t('record.stations')} style={{ gridTemplateColumns: `repeat(${record.stations.length}, 1fr)` }}>
      {record.stations.map((station, index) => (
        <li key={station.name} className={`life-${station.state}`} aria-current={station.state === 'now' ? 'step' : undefined}>
          <i aria-hidden="true">
            {station.state === 'done' ? <CheckOutlined /> : station.state === 'void' ? <CloseOutlined /> : index + 1}
          </i>
          <b>{station.name}</b>
          <small>{station.at !== null ? shortDay(station.at) : station.state === 'ahead' ? t('record.ahead') : ''}</small>
          <small>{station.who}</small>
        </li>
      ))}
    </ol>
  )
}

const tone = (status: string) => (status === 'CLOSED' ? 'pill-good' : status === 'VOID' ? '' : 'pill-info')

export function Tags({ record }: RecordProps) {
  const { t } = useTranslation()
  return (
    <>
      {record.level && <LevelTag level={record.level} noun />}
      <span className="record-number">{record.number}</span>
      <span className={`pill ${tone(record.status)}`}>{record.statusLabel}</span>
      {record.flags.map((flag) => (
        <span key={flag} className={`pill ${flag === 'overdue' || flag === 'suspended' ? 'pill-bad' : 'pill-warn'}`}>
          {t(`record.flag.${flag}`)}
        </span>
      ))}
    </>
  )
}

export function Head({ record }: RecordProps) {
  const { t } = useTranslation()
  return (
    <section className="card record-head">
      <div className="record-line">
        <Tags record={record} />
        {record.dueAt !== null && record.status !== 'CLOSED' && record.status !== 'VOID' && <Due at={record.dueAt} />}
        <span className="grow" />
        <Button className="no-print" icon={<PrinterOutlined />} onClick={() => window.print()}>
          {t('task.print')}
        </Button>
      </div>
      <h1>{record.title}</h1>
      <FactList facts={record.facts} />
      {record.waitingFor && <p className="record-waits">{t('record.waitingFor', { who: record.waitingFor })}</p>}
      <Stations record={record} />
    </section>
  )
}
