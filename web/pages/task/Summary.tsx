import { useTranslation } from 'react-i18next'
import type { TaskPage } from '../../../contracts/api/inbox.ts'
import { useNow } from '../../clock/use-now.ts'
import { Due } from '../../parts/Due.tsx'
import { FactList } from '../../parts/FactList.tsx'
import { LevelTag } from '../../parts/LevelTag.tsx'
import { dueSentence, urgencyOf } from '../../words/due.ts'

interface SummaryProps {
  page: TaskPage
}

export function ClockBox({ at }: { at: number }) {
  const { t } = useTranslation()
  const now = useNow()
  return (
    <div className={`clock-box clock-${urgencyOf(at, now)}`}>
      <Due at={at} />
      <p>{dueSentence(t, at, now)}</p>
    </div>
  )
}

export function DueStrip({ at }: { at: number }) {
  const { t } = useTranslation()
  const now = useNow()
  return (
    <div className={`due-strip clock-${urgencyOf(at, now)}`}>
      <Due at={at} />
      <span>{dueSentence(t, at, now)}</span>
    </div>
  )
}

/** Level, number, title, head facts: the first thing that is read. */
export function Summary({ page }: SummaryProps) {
  return (
    <header className="summary">
      <div className="summary-line">
        {page.level && <LevelTag level={page.level} />}
        {page.recordNumber && <span className="muted">{page.recordNumber}</span>}
        <span className="muted">
          {page.procedureName} · {page.nodeName}
        </span>
      </div>
      <h1>{page.title}</h1>
      <FactList facts={page.facts} />
    </header>
  )
}
