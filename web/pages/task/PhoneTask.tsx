import { LinkOutlined } from '@ant-design/icons'
import { Button } from 'antd'
import type { ReactNode } from 'react'
import { useTranslation } from 'react-i18next'
import { useNavigate } from 'react-router'
import type { TaskPage } from '../../../contracts/api/inbox.ts'
import { DiagramButton } from '../../parts/flow/DiagramButton.tsx'
import { MiniFlow } from '../../parts/flow/MiniFlow.tsx'
import { Timeline } from '../../parts/Timeline.tsx'
import { PhonePage } from '../../shell/PhonePage.tsx'
import { Anchors } from './Anchors.tsx'
import { DecisionBar } from './DecisionBar.tsx'
import { LastOpinion } from './LastOpinion.tsx'
import { Sections } from './Sections.tsx'
import { DueStrip, Summary } from './Summary.tsx'
import type { Decision } from './use-decision.ts'

interface TaskLayoutProps {
  page: TaskPage
  decision: Decision
  own: ReactNode
}

export function PhoneTask({ page, decision, own }: TaskLayoutProps) {
  const { t } = useTranslation()
  const navigate = useNavigate()
  const record = page.recordNumber ? (
    <Button
      type="text"
      icon={<LinkOutlined />}
      aria-label={t('task.record')}
      onClick={() => navigate(`/record/${encodeURIComponent(page.recordNumber ?? '')}`)}
    />
  ) : null
  return (
    <PhonePage title={page.nodeName} sub={page.procedureName} back="/inbox" action={record} plain>
      <div className="task-phone">
        {page.dueAt !== null && page.state === 'OPEN' && <DueStrip at={page.dueAt} />}
        <Summary page={page} />
        <Anchors page={page} withCourse />
        <Sections page={page} own={own} before={<LastOpinion steps={page.timeline} />} />
        <section aria-labelledby="flow-title">
          <h2 id="flow-title">{t('flow.title')}</h2>
          <DiagramButton diagram={page.diagram}>
            <MiniFlow diagram={page.diagram} nodeId={page.nodeId} />
          </DiagramButton>
          {page.why && (
            <p className="task-why">
              <b>{t('task.why')}</b>
              {page.why}
            </p>
          )}
        </section>
        <section id="course" aria-labelledby="course-title">
          <h2 id="course-title">{t('timeline.title')}</h2>
          <Timeline steps={page.timeline} rule={page.rule} />
        </section>
      </div>
      <DecisionBar page={page} decision={decision} />
    </PhonePage>
  )
}
