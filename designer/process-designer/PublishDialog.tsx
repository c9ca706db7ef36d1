import { Alert, Input, Modal } from 'antd'
import { useState } from 'react'
import { say } from './words/say.ts'

export interface PublishDialogProps {
  open: boolean
  onPublish(note: string): Promise<void>
  onClose(): void
}

/** Says what publishing does to what runs, and asks what was changed. */
export function PublishDialog({ open, onPublish, onClose }: PublishDialogProps) {
  const [note, setNote] = useState('')
  const [busy, setBusy] = useState(false)
  const [failure, setFailure] = useState<string | null>(null)

  const handlePublish = async () => {
    setBusy(true)
    setFailure(null)
    try {
      await onPublish(note.trim())
      setNote('')
      onClose()
    } catch (error) {
      setFailure(error instanceof Error ? error.message : String(error))
    } finally {
      setBusy(false)
    }
  }

  return (
    <Modal
      open={open}
      title={say('publish.title')}
      okText={say('publish.confirm')}
      cancelText={say('publish.cancel')}
      confirmLoading={busy}
      okButtonProps={{ disabled: note.trim() === '' }}
      onOk={() => void handlePublish()}
      onCancel={onClose}
    >
      <p>{say('publish.effect')}</p>
      <label htmlFor="pd-note">{say('publish.note')}</label>
      <Input.TextArea
        id="pd-note"
        rows={3}
        maxLength={500}
        value={note}
        placeholder={say('publish.note-hint')}
        onChange={(event) => setNote(event.target.value)}
      />
      {failure && <Alert type="error" role="alert" message={say('publish.failed', { reason: failure })} style={{ marginTop: 12 }} />}
    </Modal>
  )
}
