import { Input, Modal } from 'antd'
import { useState } from 'react'
import type { FormFinding } from '../../contracts/form-rules/index.ts'
import { FindingsList } from './FindingsList.tsx'

export interface PublishDialogProps {
  readonly open: boolean
  readonly version: number
  readonly differences: readonly string[]
  readonly findings: readonly FormFinding[]
  readonly busy: boolean
  readonly failure: string | null
  onPublish(note: string): void
  onClose(): void
  onChoose(id: string): void
}

/** The last look before a version is published: what changed, in words, what stands against it, and a note. */
export function PublishDialog({ open, version, differences, findings, busy, failure, onPublish, onClose, onChoose }: PublishDialogProps) {
  const [note, setNote] = useState('')
  const errors = findings.filter((finding) => finding.severity === 'error')
  return (
    <Modal
      open={open}
      title={`发布 v${version}`}
      okText={errors.length > 0 ? `还有 ${errors.length} 处要改` : `发布 v${version}`}
      cancelText="再改改"
      okButtonProps={{ disabled: errors.length > 0 || note.trim() === '' || differences.length === 0 }}
      confirmLoading={busy}
      onOk={() => onPublish(note.trim())}
      onCancel={onClose}
      width={560}
    >
      <div className="fd-publish">
        <h4>和在用的版本相比</h4>
        {differences.length === 0 ? (
          <p className="fd-sub">没有改动，不需要发布。</p>
        ) : (
          <ul className="fd-differences">
            {differences.map((difference) => (
              <li key={difference}>{difference}</li>
            ))}
          </ul>
        )}
        {findings.length > 0 && (
          <>
            <h4>检查结果</h4>
            <FindingsList findings={findings} onChoose={onChoose} />
          </>
        )}
        <h4 id="fd-note-title">改动说明</h4>
        <Input.TextArea
          aria-labelledby="fd-note-title"
          value={note}
          maxLength={500}
          autoSize={{ minRows: 2 }}
          placeholder="为什么改，给以后查的人看"
          onChange={(event) => setNote(event.target.value)}
        />
        <p className="fd-sub">发布后，新发起的事项用 v{version}；正在办的仍用原来的版本。</p>
        {failure && (
          <p className="fd-red" role="alert">
            {failure}
          </p>
        )}
      </div>
    </Modal>
  )
}
