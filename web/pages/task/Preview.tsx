import { ExpandOutlined } from '@ant-design/icons'
import { useQuery } from '@tanstack/react-query'
import { Button } from 'antd'
import { useTranslation } from 'react-i18next'
import { useNavigate } from 'react-router'
import type { TaskPage } from '../../../contracts/api/inbox.ts'
import { useNow } from '../../clock/use-now.ts'
import { Due } from '../../parts/Due.tsx'
import { FactList } from '../../parts/FactList.tsx'
import { MiniFlow } from '../../parts/flow/MiniFlow.tsx'
import { LevelTag } from '../../parts/LevelTag.tsx'
import { QueryView } from '../../parts/QueryView.tsx'
import { dueSentence } from '../../words/due.ts'
import { Background } from './Background.tsx'
import { Changes } from './Changes.tsx'
import { DecisionBar } from './DecisionBar.tsx'
import { Dialogs } from './Dialogs.tsx'
import { LastOpinion } from './LastOpinion.tsx'
import { mustFillIn } from './own-part.ts'
import { seatQuery } from './seat-query.ts'
import './task.css'
import { useDecision } from './use-decision.ts'

interface PreviewProps {
  seatId: string
}

function Content({ page }: { page: TaskPage }) {
  const { t } = useTranslation()
  const navigate = useNavigate()
  const now = useNow()
  const full = `/inbox/${encodeURIComponent(page.seatId)}`
  const decision = useDecision({
    page,
    collect: async () => ({}),
    onFieldErrors: () => void navigate(`${full}#mine`),
    onStayed: () => undefined,
  })
  return (
    <article className="preview" aria-label={page.title}>
      <div className="preview-scroll">
        <header className="summary">
          <div className="summary-line">
            {page.level && <LevelTag level={page.level} />}
            {page.recordNumber && <span className="muted">{page.recordNumber}</span>}
            <span className="muted">
              {page.procedureName} · {page.nodeName}
            </span>
            <span className="grow" />
            <Button type="text" size="small" icon={<ExpandOutlined />} onClick={() => navigate(full)}>
              {t('task.openPage')}{' '}
              <span className="key" aria-hidden="true">
                Enter
              </span>
            </Button>
          </div>
          <h2 className="preview-title">{page.title}</h2>
          {page.dueAt !== null && page.state === 'OPEN' && (
            <p className="preview-due">
              <Due at={page.dueAt} />
              <span>{dueSentence(t, page.dueAt, now)}</span>
            </p>
          )}
        </header>
        <div className="preview-two">
          <FactList facts={page.facts} />
          <MiniFlow diagram={page.diagram} nodeId={page.nodeId} />
        </div>
        <Changes changes={page.changes} />
        {page.background.length > 0 ? (
          <Background page={page} limit={5} after={<LastOpinion steps={page.timeline} />} />
        ) : (
          <LastOpinion steps={page.timeline} />
        )}
      </div>
      <DecisionBar
        page={page}
        decision={decision}
        instead={mustFillIn(page) ? { label: t('task.fillFirst'), onClick: () => void navigate(`${full}#mine`) } : null}
      />
      <Dialogs page={page} decision={decision} />
    </article>
  )
}

/** The item beside the list: enough to decide, when nothing has to be filled in. */
export function Preview({ seatId }: PreviewProps) {
  const query = useQuery(seatQuery(seatId))
  return (
    <div className="preview-place">
      <QueryView query={query} rows={8}>
        {(page) => <Content page={page} />}
      </QueryView>
    </div>
  )
}
