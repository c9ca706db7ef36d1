import { Button } from 'antd'
import { useTranslation } from 'react-i18next'
import type { TaskPage } from '../../../contracts/api/inbox.ts'
import { ActionMenu } from '../../parts/ActionMenu.tsx'
import { useKeys } from '../../parts/use-keys.ts'
import { useMe } from '../../session/session-context.ts'
import { useIsPhone } from '../../shell/use-is-phone.ts'
import { useOnline } from '../../shell/use-online.ts'
import type { Decision } from './use-decision.ts'
import './decision-bar.css'

interface DecisionBarProps {
  page: TaskPage
  decision: Decision
  /** Another word and deed for the main button: fill in first. */
  instead?: { label: string; onClick: () => void } | null
}

const MOST = 4

/** 退回 stands apart: it is no vote. The positive outcome is the last and the only filled button. */
export function DecisionBar({ page, decision, instead }: DecisionBarProps) {
  const { t } = useTranslation()
  const phone = useIsPhone()
  const online = useOnline()
  const me = useMe()
  const { primary, others, sending } = decision
  const canReturn = page.returnTargets.length > 0
  useKeys({
    a: () => (instead ? instead.onClick() : primary && void decision.start(primary)),
    r: () => canReturn && decision.startReturn(),
  })
  if (page.state !== 'OPEN') {
    return (
      <footer className="bar no-print">
        <span className="bar-hint">
          {page.decidedBy && page.decidedBy !== me.person.name
            ? t('task.decidedBy', { who: page.decidedBy })
            : t(`task.state.${page.state}`)}
        </span>
      </footer>
    )
  }
  const returnLabel = page.returnTargets.length === 1 ? (page.returnTargets[0]?.button ?? t('task.return')) : t('task.return')
  const room = (phone ? 2 : MOST) - 1 - (canReturn ? 1 : 0)
  const shown = others.length <= Math.max(1, room) ? others : others.slice(0, Math.max(0, room - 1))
  const hidden = others.slice(shown.length)
  const otherButton = (outcome: (typeof others)[number]) => (
    <Button key={outcome.code} danger={outcome.danger} disabled={!online} onClick={() => void decision.start(outcome)}>
      {outcome.button}
    </Button>
  )
  return (
    <footer className={`bar no-print${phone ? ' bar-phone' : ''}`}>
      {!phone && <span className="bar-hint">{online ? decision.hint : t('task.offline')}</span>}
      {!phone && <span className="grow" />}
      {canReturn && (
        <Button disabled={!online} onClick={decision.startReturn}>
          {returnLabel}
          {!phone && (
            <span className="key" aria-hidden="true">
              R
            </span>
          )}
        </Button>
      )}
      {canReturn && !phone && <span className="bar-split" />}
      {shown.map(otherButton)}
      {hidden.length > 0 && (
        <ActionMenu
          placement="top"
          label={t('task.otherOutcomes')}
          items={hidden.map((outcome) => ({
            key: outcome.code,
            label: outcome.button,
            danger: outcome.danger,
            onClick: () => void decision.start(outcome),
          }))}
        >
          <Button disabled={!online}>{t('task.otherOutcomes')}</Button>
        </ActionMenu>
      )}
      {instead ? (
        <Button type="primary" onClick={instead.onClick}>
          {instead.label}
          {!phone && (
            <span className="key" aria-hidden="true">
              A
            </span>
          )}
        </Button>
      ) : (
        primary && (
          <Button type="primary" danger={primary.danger} loading={sending} disabled={!online} onClick={() => void decision.start(primary)}>
            {primary.button}
            {!phone && (
              <span className="key" aria-hidden="true">
                A
              </span>
            )}
          </Button>
        )
      )}
    </footer>
  )
}
