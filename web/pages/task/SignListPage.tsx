import { CheckOutlined, DownOutlined, LockOutlined } from '@ant-design/icons'
import { Button } from 'antd'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import type { TaskPage } from '../../../contracts/api/inbox.ts'
import { FactList } from '../../parts/FactList.tsx'
import { message } from '../../parts/messages.ts'
import { useMe } from '../../session/session-context.ts'
import { PhonePage } from '../../shell/PhonePage.tsx'
import { useIsPhone } from '../../shell/use-is-phone.ts'
import { useOnline } from '../../shell/use-online.ts'
import { Dialogs } from './Dialogs.tsx'
import { listedHazards } from './list-signing.ts'
import { SignList } from './SignList.tsx'
import { SignPad } from './SignPad.tsx'
import { type Decision, type Signed, useDecision } from './use-decision.ts'
import './sign-list.css'

interface SignListPageProps {
  page: TaskPage
}

interface DeedsProps {
  page: TaskPage
  decision: Decision
  /** Signs, or says what is still missing. */
  onSign: () => void
}

function Deeds({ page, decision, onSign }: DeedsProps) {
  const { t } = useTranslation()
  const online = useOnline()
  const { primary, others } = decision
  return (
    <div className="sign-deeds">
      {page.returnTargets.length > 0 && (
        <Button size="large" disabled={!online} onClick={decision.startReturn}>
          {page.returnTargets.length === 1 ? page.returnTargets[0]?.button : t('task.return')}
        </Button>
      )}
      {others.map((outcome) => (
        <Button key={outcome.code} size="large" disabled={!online} onClick={() => void decision.start(outcome)}>
          {outcome.button}
        </Button>
      ))}
      {primary && (
        <Button type="primary" size="large" disabled={!online} loading={decision.sending} onClick={onSign}>
          {primary.button}
        </Button>
      )}
    </div>
  )
}

/** 主要负责人签字: the whole list first, then the pen. */
export function SignListPage({ page }: SignListPageProps) {
  const { t } = useTranslation()
  const me = useMe()
  const phone = useIsPhone()
  const [seen, setSeen] = useState<ReadonlySet<number>>(new Set())
  const [signature, setSignature] = useState<Signed | null>(null)
  const [lack, setLack] = useState(false)
  const decision = useDecision({ page, collect: async () => ({}), onFieldErrors: () => undefined, onStayed: () => undefined })
  const hazards = listedHazards(page)
  const left = hazards.length - seen.size
  const suspected = hazards.filter((hazard) => hazard.level !== 'GENERAL').length
  const count = (
    <>
      {t('sign.count', { count: hazards.length })}
      {suspected > 0 && (
        <>
          ，{t('sign.suspected')} <b className="sign-red">{suspected}</b> {t('sign.items')}
        </>
      )}
    </>
  )
  const handleSign = () => {
    if (!decision.primary) return
    if (left > 0) {
      message.info(t('sign.seeFirst', { count: left }))
      document.querySelector('[data-unseen="true"]')?.scrollIntoView({ block: 'center', behavior: 'smooth' })
      return
    }
    if (phone) {
      void decision.start(decision.primary)
      return
    }
    setLack(!signature || signature.strokes < 2)
    if (signature && signature.strokes >= 2) decision.send({ outcome: decision.primary, opinion: '', signature })
  }
  const list = (
    <SignList
      hazards={hazards}
      asTable={!phone}
      onSeen={(index) => setSeen((before) => (before.has(index) ? before : new Set(before).add(index)))}
      seen={seen}
    />
  )
  const progress = (
    <p className={`sign-progress${left === 0 ? ' sign-progress-done' : ''}`} role="status">
      {left === 0 ? <CheckOutlined aria-hidden /> : <DownOutlined aria-hidden />}{' '}
      {left === 0 ? t('sign.seenAll', { count: hazards.length }) : t('sign.left', { count: left })}
    </p>
  )
  const seal = (
    <p className="sign-seal">
      <LockOutlined aria-hidden /> {t('sign.locked')}
    </p>
  )
  const deeds = <Deeds page={page} decision={decision} onSign={handleSign} />
  if (phone) {
    return (
      <>
        <PhonePage
          title={page.nodeName}
          sub={count}
          back="/inbox"
          plain
          footer={
            <>
              {progress}
              {deeds}
            </>
          }
        >
          <div className="sign-facts">
            <FactList facts={page.facts} />
          </div>
          {list}
          {seal}
        </PhonePage>
        <Dialogs page={page} decision={decision} />
      </>
    )
  }
  return (
    <div className="page sign-desk">
      <section className="card sign-list-card">
        <h1>
          {page.nodeName}：{page.title}
        </h1>
        <p className="sign-count">{count}</p>
        {list}
        {seal}
      </section>
      <aside className="card sign-pen" aria-label={t('sign.title')}>
        <h2>{t('sign.title')}</h2>
        <FactList facts={[{ label: t('sign.signer'), value: t('sign.signerOnly', { name: me.person.name }) }, ...page.facts]} />
        <SignPad height={200} onChange={setSignature} lack={lack} />
        {progress}
        <p className="sign-declare">{t('sign.declare', { count: hazards.length })}</p>
        {deeds}
        <p role="alert" className="sign-refusal">
          {decision.refusal}
        </p>
      </aside>
      <Dialogs page={page} decision={decision} />
    </div>
  )
}
