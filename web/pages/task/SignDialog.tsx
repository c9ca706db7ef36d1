import { SafetyCertificateOutlined } from '@ant-design/icons'
import { Button, Input, Modal } from 'antd'
import { type KeyboardEvent, useState } from 'react'
import { useTranslation } from 'react-i18next'
import type { TaskPage } from '../../../contracts/api/inbox.ts'
import type { OutcomeSetting } from '../../../contracts/bpmn-extension.ts'
import { LevelTag } from '../../parts/LevelTag.tsx'
import { useIsPhone } from '../../shell/use-is-phone.ts'
import { Phrases } from './Phrases.tsx'
import { SignPad } from './SignPad.tsx'
import type { Decision, Signed } from './use-decision.ts'
import './sign-dialog.css'

interface SignDialogProps {
  page: TaskPage
  outcome: OutcomeSetting
  decision: Decision
}

function After({ page }: { page: TaskPage }) {
  const { t } = useTranslation()
  const ahead = page.timeline.filter((step) => step.kind === 'ahead')
  return (
    <aside className="sign-after">
      <h3>{t('task.sign.after')}</h3>
      {ahead.length === 0 && <p className="muted">{t('task.sign.afterNone')}</p>}
      <ol>
        {ahead.slice(0, 6).map((step) => (
          <li key={step.nodeId + step.personName}>
            <b>{step.nodeName}</b>
            <span className="muted">{[step.personName, step.post].filter(Boolean).join(' · ')}</span>
          </li>
        ))}
      </ol>
    </aside>
  )
}

/** Opinion and handwriting for one outcome. Always ready to be pressed: what is missing is said, and the place shown. */
export function SignDialog({ page, outcome, decision }: SignDialogProps) {
  const { t } = useTranslation()
  const phone = useIsPhone()
  const [opinion, setOpinion] = useState('')
  const [signature, setSignature] = useState<Signed | null>(null)
  const [lack, setLack] = useState<'opinion' | 'signature' | null>(null)
  const handleSend = () => {
    const missing =
      outcome.opinion === 'required' && opinion.trim() === ''
        ? 'opinion'
        : outcome.signature && (!signature || signature.strokes < 2)
          ? 'signature'
          : null
    setLack(missing)
    if (missing === 'opinion') document.getElementById('opinion')?.focus()
    if (!missing) decision.send({ outcome, opinion: opinion.trim(), signature })
  }
  const handleKey = (event: KeyboardEvent) => {
    if (event.key === 'Enter' && (event.ctrlKey || event.metaKey)) handleSend()
  }
  const title = (
    <div className="sign-title">
      <span className="sign-name">{outcome.button}</span>
      <p>
        {page.level && <LevelTag level={page.level} />}
        {page.recordNumber}
        <span className="sign-what">{page.title}</span>
      </p>
    </div>
  )
  const footer = (
    <div className="sign-foot">
      {!phone && (
        <span className="muted sign-seal">
          <SafetyCertificateOutlined aria-hidden /> {outcome.signature ? t('task.sign.seal') : ''}
        </span>
      )}
      <span className="grow" />
      {!phone && (
        <Button size="large" onClick={decision.close}>
          {t('task.sign.back')}
        </Button>
      )}
      <Button type="primary" size="large" danger={outcome.danger} block={phone} loading={decision.sending} onClick={handleSend}>
        {outcome.signature ? t('task.sign.confirm') : t('task.sign.confirmOnly')}
        {!phone && (
          <span className="key" aria-hidden="true">
            Ctrl Enter
          </span>
        )}
      </Button>
    </div>
  )
  return (
    <Modal
      open
      centered
      width={outcome.signature ? 880 : 720}
      className={`sign${phone ? ' sign-sheet' : ''}`}
      title={title}
      footer={footer}
      closable={phone}
      mask={{ closable: false }}
      keyboard={!decision.sending}
      onCancel={decision.close}
    >
      {/* biome-ignore lint/a11y/noStaticElementInteractions: Ctrl Enter from any field of the dialog */}
      <div className="sign-body" onKeyDown={handleKey}>
        <div className="sign-fields">
          {outcome.opinion !== 'none' && (
            <section className="sign-part">
              <label htmlFor="opinion">
                {t('task.sign.opinion')}
                <span className="muted">{t(`task.sign.${outcome.opinion}`)}</span>
              </label>
              <Input.TextArea
                id="opinion"
                autoFocus={!phone}
                value={opinion}
                onChange={(event) => setOpinion(event.target.value)}
                autoSize={{ minRows: 2, maxRows: 5 }}
                maxLength={500}
                status={lack === 'opinion' ? 'error' : ''}
                aria-describedby="opinion-lack"
              />
              <p id="opinion-lack" role="alert" className="sign-lack">
                {lack === 'opinion' && t('task.sign.opinionMissing')}
              </p>
              <Phrases
                texts={t(`task.templates.${outcome.kind}`, { returnObjects: true }) as string[]}
                onPick={(text) => setOpinion((before) => before + text)}
              />
            </section>
          )}
          {outcome.signature && <SignPad height={phone ? 208 : 176} onChange={setSignature} lack={lack === 'signature'} />}
          <p role="alert" className="sign-refusal">
            {decision.refusal}
          </p>
        </div>
        {!phone && <After page={page} />}
      </div>
    </Modal>
  )
}
