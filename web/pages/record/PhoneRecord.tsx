import { useTranslation } from 'react-i18next'
import type { RecordPage } from '../../../contracts/api/records.ts'
import { FactList } from '../../parts/FactList.tsx'
import { Course, Diagrams, Documents, Forms, Related } from './Blocks.tsx'
import { Stations, Tags } from './Head.tsx'
import { Pairs } from './Pairs.tsx'

interface PhoneRecordProps {
  record: RecordPage
}

export function PhoneRecord({ record }: PhoneRecordProps) {
  const { t } = useTranslation()
  return (
    <>
      <section className="card record-head">
        <p className="record-line">
          <Tags record={record} />
        </p>
        <h2 className="record-title">{record.title}</h2>
        <Stations record={record} />
      </section>
      <Pairs record={record} />
      <section className="card block" aria-labelledby="facts-title">
        <h2 id="facts-title">{t('record.facts')}</h2>
        <FactList facts={record.facts} />
      </section>
      <Course record={record} />
      <Documents record={record} />
      <Related record={record} />
      <Forms record={record} />
      <Diagrams record={record} />
    </>
  )
}
