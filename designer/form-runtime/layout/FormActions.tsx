import { ArrowDownOutlined, ArrowLeftOutlined, ArrowRightOutlined } from '@ant-design/icons'
import { Button } from 'antd'
import type { Pending, StepsControl } from '../model/form-context.ts'
import { say } from '../words/say.ts'

export interface FormActionsProps {
  readonly steps: StepsControl | undefined
  readonly pending: Pending | null
  readonly phone: boolean
  readonly busy: boolean
  readonly submitText: string
  readonly submitHint: string | undefined
  onNext(): void
  onSubmit(): void
  readonly onSaveDraft: (() => void) | undefined
}

/** One filled button that says what happens next: in the thumb zone on the phone, at the end of the form on the desktop. */
export function FormActions({ steps, pending, phone, busy, submitText, submitHint, onNext, onSubmit, onSaveDraft }: FormActionsProps) {
  const isLast = !steps || steps.current === steps.titles.length - 1
  const next = steps?.titles[(steps?.current ?? 0) + 1]
  const size = phone ? 'large' : 'middle'
  return (
    <div className="bf-actions" data-phone={phone || undefined}>
      {phone && pending && !isLast ? (
        <>
          <p className="bf-pending">
            <b>{say('check.left', { count: pending.left })}</b>
            <small>{say('check.signAfter')}</small>
          </p>
          <Button type="primary" size={size} icon={<ArrowDownOutlined />} iconPlacement="end" onClick={pending.jump}>
            {say('check.next')}
          </Button>
        </>
      ) : (
        <>
          {steps && steps.current > 0 && (
            <Button size={size} icon={<ArrowLeftOutlined />} onClick={() => steps.goTo(steps.current - 1)}>
              {say('form.previous')}
            </Button>
          )}
          {onSaveDraft && (!steps || steps.current === 0) && (
            <Button size={size} onClick={onSaveDraft}>
              {say('form.saveDraft')}
            </Button>
          )}
          {!phone && submitHint && <span className="bf-hint">{submitHint}</span>}
          {isLast ? (
            <Button type="primary" size={size} loading={busy} onClick={onSubmit} className="bf-main">
              {submitText}
            </Button>
          ) : (
            <Button type="primary" size={size} icon={<ArrowRightOutlined />} iconPlacement="end" onClick={onNext} className="bf-main">
              {say('form.next', { title: next ?? '' })}
            </Button>
          )}
        </>
      )}
    </div>
  )
}
