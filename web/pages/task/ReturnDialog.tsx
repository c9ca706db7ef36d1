import { Button, Input, Modal, Radio } from 'antd'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import type { TaskPage } from '../../../contracts/api/inbox.ts'
import { useIsPhone } from '../../shell/use-is-phone.ts'
import { Phrases } from './Phrases.tsx'
import type { Decision } from './use-decision.ts'
import './sign-dialog.css'

interface ReturnDialogProps {
  page: TaskPage
  decision: Decision
}

/** 退回: where to, and what has to change. */
export function ReturnDialog({ page, decision }: ReturnDialogProps) {
  const { t } = useTranslation()
  const phone = useIsPhone()
  const [target, setTarget] = useState(page.returnTargets[0]?.node ?? '')
  const [reason, setReason] = useState('')
  const [lack, setLack] = useState(false)
  const button = page.returnTargets.find((one) => one.node === target)?.button ?? t('task.returning.confirm')
  const handleSend = () => {
    setLack(reason.trim() === '')
    if (reason.trim()) decision.send({ target, opinion: reason.trim() })
    else document.getElementById('reason')?.focus()
  }
  const footer = (
    <div className="sign-foot">
      <span className="grow" />
      {!phone && (
        <Button size="large" onClick={decision.close}>
          {t('task.sign.back')}
        </Button>
      )}
      <Button type="primary" size="large" block={phone} loading={decision.sending} onClick={handleSend}>
        {button}
      </Button>
    </div>
  )
  return (
    <Modal
      open
      centered
      width={640}
      className={`sign${phone ? ' sign-sheet' : ''}`}
      title={
        <div className="sign-title">
          <span className="sign-name">{t('task.returning.title')}</span>
          <p>
            <span className="sign-what">{page.title}</span>
          </p>
        </div>
      }
      footer={footer}
      closable={phone}
      mask={{ closable: false }}
      onCancel={decision.close}
    >
      <div className="sign-fields">
        {page.returnTargets.length > 1 && (
          <section className="sign-part">
            <div className="sign-label" id="return-to">
              {t('task.returning.to')}
            </div>
            <Radio.Group
              aria-labelledby="return-to"
              value={target}
              onChange={(event) => setTarget(String(event.target.value))}
              options={page.returnTargets.map((one) => ({ value: one.node, label: one.button }))}
            />
          </section>
        )}
        <section className="sign-part">
          <label htmlFor="reason">
            {t('task.returning.reason')}
            <span className="muted">{t('task.sign.required')}</span>
          </label>
          <Input.TextArea
            id="reason"
            autoFocus={!phone}
            value={reason}
            onChange={(event) => setReason(event.target.value)}
            placeholder={t('task.returning.reasonHelp')}
            autoSize={{ minRows: 3, maxRows: 6 }}
            maxLength={2000}
            status={lack ? 'error' : ''}
            aria-describedby="reason-lack"
          />
          <p id="reason-lack" role="alert" className="sign-lack">
            {lack && t('task.returning.reasonMissing')}
          </p>
          <Phrases
            texts={t('task.returning.templates', { returnObjects: true }) as string[]}
            onPick={(text) => setReason((before) => before + text)}
          />
        </section>
        <p className="muted">{t('task.returning.explain')}</p>
        <p role="alert" className="sign-refusal">
          {decision.refusal}
        </p>
      </div>
    </Modal>
  )
}
