import { useTranslation } from 'react-i18next'
import type { TimelineStep } from '../../../contracts/api/inbox.ts'
import { SignatureImage } from '../../parts/SignatureImage.tsx'
import { shortDayAndTime } from '../../words/dates.ts'

interface LastOpinionProps {
  steps: readonly TimelineStep[]
}

/** The word of the level before: what a leader wants before anything else. */
export function LastOpinion({ steps }: LastOpinionProps) {
  const { t } = useTranslation()
  const last = steps.filter((step) => (step.kind === 'done' || step.kind === 'returned') && step.opinion).at(-1)
  if (!last) return null
  return (
    <section className={`last-opinion last-opinion-${last.kind}`}>
      <h2>
        {t('task.lastOpinion', { node: last.nodeName, result: last.result })}
        {last.at !== null && <time>{shortDayAndTime(last.at)}</time>}
      </h2>
      <p>{last.opinion}</p>
      <div className="last-opinion-signed">
        <span className="muted">
          {last.personName} · {last.post}
        </span>
        {last.signatureId && <SignatureImage id={last.signatureId} name={last.personName} />}
      </div>
    </section>
  )
}
