import { useMutation, useQueryClient } from '@tanstack/react-query'
import { Input, Modal } from 'antd'
import { useId, useState } from 'react'
import { useTranslation } from 'react-i18next'
import { change } from '../../api/request.ts'
import { message } from '../../parts/messages.ts'
import { useErrorText } from '../../parts/use-error-text.ts'
import type { Incident } from './incident-words.ts'

interface IncidentDialogProps {
  /** A note leaves the incident where it is; giving up takes it from the list. Both keep the words in the audit. */
  kind: 'note' | 'give-up'
  incident: Incident
  title: string
  onClose: () => void
}

/** Asks for the words that go with it. */
export function IncidentDialog({ kind, incident, title, onClose }: IncidentDialogProps) {
  const { t } = useTranslation()
  const client = useQueryClient()
  const errorText = useErrorText()
  const id = useId()
  const [text, setText] = useState('')
  const [lacks, setLacks] = useState(false)
  const send = useMutation({
    mutationFn: () => change('POST', `/admin/operations/incidents/${encodeURIComponent(incident.id)}/${kind}`, { text: text.trim() }),
    onSuccess: () => {
      message.success(t(`operations.${kind}.done`))
      onClose()
    },
    onError: (error) => message.error(errorText(error)),
    onSettled: () => client.invalidateQueries({ queryKey: ['operations'] }),
  })
  const handleSend = () => {
    if (text.trim()) return send.mutate()
    setLacks(true)
    document.getElementById(id)?.focus()
  }
  return (
    <Modal
      open
      title={t(`operations.${kind}.title`)}
      okText={t(`operations.${kind}.confirm`)}
      okButtonProps={{ danger: kind === 'give-up', loading: send.isPending }}
      cancelText={t('operations.back')}
      onOk={handleSend}
      onCancel={onClose}
    >
      <div className="incident-dialog">
        <p>{[title, incident.nodeName, incident.recordNumber].filter(Boolean).join('　')}</p>
        {kind === 'give-up' && <p>{t(`operations.give-up.consequence`)}</p>}
        <label htmlFor={id}>{t(`operations.${kind}.label`)}</label>
        <Input.TextArea
          id={id}
          autoFocus
          value={text}
          onChange={(event) => setText(event.target.value)}
          maxLength={500}
          autoSize={{ minRows: 3, maxRows: 6 }}
          status={lacks && !text.trim() ? 'error' : ''}
          aria-describedby={`${id}-lack`}
        />
        <p id={`${id}-lack`} role="alert" className="incident-lack">
          {lacks && !text.trim() && t('operations.textMissing')}
        </p>
      </div>
    </Modal>
  )
}
