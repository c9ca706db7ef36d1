import { ArrowLeftOutlined, DownOutlined, LinkOutlined, PrinterOutlined, QuestionCircleOutlined, UpOutlined } from '@ant-design/icons'
import { Button } from 'antd'
import { type ReactNode, useEffect, useRef } from 'react'
import { useTranslation } from 'react-i18next'
import { useNavigate } from 'react-router'
import type { TaskPage } from '../../../contracts/api/inbox.ts'
import { DiagramButton } from '../../parts/flow/DiagramButton.tsx'
import { MiniFlow } from '../../parts/flow/MiniFlow.tsx'
import { Timeline } from '../../parts/Timeline.tsx'
import { useKeys } from '../../parts/use-keys.ts'
import { Anchors } from './Anchors.tsx'
import { DecisionBar } from './DecisionBar.tsx'
import { Sections } from './Sections.tsx'
import { ClockBox, Summary } from './Summary.tsx'
import type { Decision } from './use-decision.ts'
import { useNeighbours } from './use-neighbours.ts'

interface TaskLayoutProps {
  page: TaskPage
  decision: Decision
  own: ReactNode
}

export function DesktopTask({ page, decision, own }: TaskLayoutProps) {
  const { t } = useTranslation()
  const navigate = useNavigate()
  const near = useNeighbours(page.seatId)
  const go = (seat: string | undefined) => seat && void navigate(`/inbox/${encodeURIComponent(seat)}`)
  useKeys({
    j: () => go(near.next),
    k: () => go(near.previous),
    escape: () => void navigate(`/inbox?seat=${encodeURIComponent(page.seatId)}`),
  })
  const side = useRef<HTMLElement>(null)
  // The step that waits for a decision stands in sight.
  useEffect(() => {
    const current = side.current?.querySelector<HTMLElement>('[aria-current="step"]')
    if (side.current && current)
      side.current.scrollTop = Math.max(0, current.offsetTop + current.offsetHeight - side.current.clientHeight + 16)
  }, [])
  return (
    <div className="task">
      <div className="task-crumb no-print">
        <Button type="text" icon={<ArrowLeftOutlined />} onClick={() => navigate(`/inbox?seat=${encodeURIComponent(page.seatId)}`)}>
          {t('task.back')}
        </Button>
        <b>
          {page.procedureName} · {page.nodeName}
        </b>
        {near.index >= 0 && (
          <>
            <span className="muted">{t('task.place', { index: near.index + 1, count: near.count })}</span>
            <Button
              type="text"
              size="small"
              icon={<UpOutlined />}
              aria-label={t('task.previous')}
              disabled={!near.previous}
              onClick={() => go(near.previous)}
            />
            <Button
              type="text"
              size="small"
              icon={<DownOutlined />}
              aria-label={t('task.next')}
              disabled={!near.next}
              onClick={() => go(near.next)}
            />
          </>
        )}
        <span className="grow" />
        {page.recordNumber && (
          <Button type="text" icon={<LinkOutlined />} onClick={() => navigate(`/record/${encodeURIComponent(page.recordNumber ?? '')}`)}>
            {t('task.record')}
          </Button>
        )}
        <Button type="text" icon={<PrinterOutlined />} onClick={() => window.print()}>
          {t('task.print')}
        </Button>
      </div>
      <div className="task-body">
        <div className="reader" id="reader">
          <div className="reader-head">
            <Summary page={page} />
            {page.dueAt !== null && page.state === 'OPEN' && <ClockBox at={page.dueAt} />}
          </div>
          <Anchors page={page} />
          <Sections page={page} own={own} />
        </div>
        <aside ref={side} className="task-side" aria-label={t('timeline.title')}>
          <DiagramButton diagram={page.diagram}>
            <MiniFlow diagram={page.diagram} nodeId={page.nodeId} />
          </DiagramButton>
          {page.why && (
            <p className="task-why">
              <QuestionCircleOutlined aria-hidden /> <b>{t('task.why')}</b>
              {page.why}
            </p>
          )}
          <h2>{t('timeline.title')}</h2>
          <Timeline steps={page.timeline} rule={page.rule} />
        </aside>
      </div>
      <DecisionBar page={page} decision={decision} />
    </div>
  )
}
