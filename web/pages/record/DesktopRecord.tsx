import type { RecordPage } from '../../../contracts/api/records.ts'
import { Course, Diagrams, Documents, Forms, Related } from './Blocks.tsx'
import { Head } from './Head.tsx'
import { Pairs } from './Pairs.tsx'

interface DesktopRecordProps {
  record: RecordPage
}

export const DesktopRecord = ({ record }: DesktopRecordProps) => (
  <div className="record">
    <Head record={record} />
    <div className="record-columns">
      <div className="record-column">
        <Pairs record={record} />
        <Forms record={record} />
      </div>
      <div className="record-column">
        <Course record={record} />
      </div>
      <div className="record-column">
        <Documents record={record} />
        <Related record={record} />
        <Diagrams record={record} />
      </div>
    </div>
  </div>
)
