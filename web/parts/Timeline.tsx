import { CheckCircleFilled, HistoryOutlined, MinusCircleOutlined, RollbackOutlined } from '@ant-design/icons'
import { Button } from 'antd'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import type { TimelineStep } from '../../contracts/api/inbox.ts'
import { shortDayAndTime } from '../words/dates.ts'
import { SignatureImage } from './SignatureImage.tsx'
import './timeline.css'

interface TimelineProps {
  steps: readonly TimelineStep[]
  /** The rule of the run as a sentence, below the step that is open. */
  rule?: string
  /** Record pages show the newest on top. */
  newestFirst?: boolean
}

const icons = { done: <CheckCircleFilled />, returned: <RollbackOutlined />, skipped: <MinusCircleOutlined /> } as const

interface EventProps {
  step: TimelineStep
  rule?: string | undefined
}

function Event({ step, rule }: EventProps) {
  const { t } = useTranslation()
  const isOpen = step.kind === 'now' || step.kind === 'waiting' || step.kind === 'ahead'
  return (
    <li className={`event event-${step.kind}`} aria-current={step.kind === 'now' ? 'step' : undefined}>
      <span className="event-dot" aria-hidden="true">
        {isOpen ? null : icons[step.kind as keyof typeof icons]}
      </span>
      <div className="event-head">
        <b>{step.nodeName}</b>
        <span className="event-result">{step.mine && step.kind === 'now' ? t('timeline.yours') : step.result}</span>
        {step.at !== null && <time>{shortDayAndTime(step.at)}</time>}
      </div>
      {(step.personName || step.post) && (
        <div className="event-who">
          {[step.mine && !isOpen ? t('timeline.me') : step.personName, step.post].filter(Boolean).join(' · ')}
        </div>
      )}
      {step.kind === 'now' && rule && <div className="event-who">{rule}</div>}
      {(step.opinion || step.signatureId) && (
        <div className="event-opinion">
          {step.opinion && <p>{step.opinion}</p>}
          {step.signatureId && <SignatureImage id={step.signatureId} name={step.personName} />}
        </div>
      )}
    </li>
  )
}

interface FoldedProps {
  round: number
  steps: TimelineStep[]
}

function Folded({ round, steps }: FoldedProps) {
  const { t } = useTranslation()
  const [open, setOpen] = useState(false)
  return (
    <>
      <li className="event event-fold">
        <span className="event-dot" aria-hidden="true">
          <HistoryOutlined />
        </span>
        <Button type="link" size="small" aria-expanded={open} onClick={() => setOpen(!open)}>
          {t('timeline.earlier', { round, names: [...new Set(steps.map((step) => step.nodeName))].join('、'), count: steps.length })}
        </Button>
      </li>
      {/* biome-ignore lint/suspicious/noArrayIndexKey: a finished round never changes */}
      {open && steps.map((step, index) => <Event key={index} step={step} />)}
    </>
  )
}

/** What happened, where it is, what is to come. Earlier rounds are folded with their number of steps. */
export function Timeline({ steps, rule, newestFirst }: TimelineProps) {
  const { t } = useTranslation()
  const happened = steps.filter((step) => step.kind !== 'ahead')
  const ahead = steps.filter((step) => step.kind === 'ahead')
  const last = Math.max(1, ...happened.map((step) => step.round))
  const rounds = [...new Set(happened.map((step) => step.round))].filter((round) => round < last)
  const current = happened.filter((step) => step.round === last)
  const events = newestFirst ? [...current].reverse() : current
  const key = (step: TimelineStep, index: number) => `${step.nodeId}-${step.personName}-${step.at ?? index}`
  const folds = rounds.map((round) => <Folded key={round} round={round} steps={happened.filter((step) => step.round === round)} />)
  return (
    <ol className="timeline">
      {!newestFirst && folds}
      {events.map((step, index) => (
        <Event key={key(step, index)} step={step} rule={rule} />
      ))}
      {newestFirst && folds}
      {!newestFirst && ahead.length > 0 && <li className="event-ahead-title">{t('timeline.ahead')}</li>}
      {!newestFirst && ahead.map((step, index) => <Event key={key(step, index)} step={step} />)}
    </ol>
  )
}
