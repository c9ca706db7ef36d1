import { CloseOutlined, PaperClipOutlined, ReloadOutlined, UploadOutlined } from '@ant-design/icons'
import { Button } from 'antd'
import { useRef } from 'react'
import { defineFieldType, type FieldInputProps, type FieldTextProps } from '../field-type.ts'
import { useSurroundings } from '../model/form-context.ts'
import type { StoredFile } from '../sources.ts'
import { say } from '../words/say.ts'
import { useUploads } from './use-uploads.ts'

const MOST = 20

function AttachmentInput({ id, path, value, title, schema, describedBy, onChange, onBlur }: FieldInputProps<StoredFile[]>) {
  const files = Array.isArray(value) ? value : []
  const { uploads, add, retry, drop } = useUploads(path)
  const input = useRef<HTMLInputElement>(null)
  const left = (schema.maxItems ?? MOST) - files.length - uploads.length
  return (
    // biome-ignore lint/a11y/useSemanticElements: a fieldset cannot be laid out as a flex box everywhere
    <div className="bf-files" role="group" aria-label={title} aria-describedby={describedBy}>
      {files.map((file) => (
        <FileRow key={file.id} file={file} onRemove={() => onChange(files.filter((each) => each.id !== file.id))} />
      ))}
      {uploads.map((upload) => (
        <span key={upload.clientId} className="bf-file" data-state={upload.state}>
          <PaperClipOutlined aria-hidden="true" />
          <span>{upload.name}</span>
          {upload.state === 'sending' ? (
            <em role="status">{say('upload.sending')}</em>
          ) : (
            <button type="button" className="bf-retry" onClick={() => retry(upload.clientId)}>
              <ReloadOutlined aria-hidden="true" /> {say('upload.failed')}
            </button>
          )}
          <button type="button" aria-label={say('upload.remove', { name: upload.name })} onClick={() => drop(upload.clientId)}>
            <CloseOutlined />
          </button>
        </span>
      ))}
      {left > 0 && (
        <Button id={id} icon={<UploadOutlined />} onClick={() => input.current?.click()}>
          {say('upload.choose')}
        </Button>
      )}
      <input
        ref={input}
        type="file"
        multiple
        hidden
        onChange={(event) => {
          for (const file of [...(event.target.files ?? [])].slice(0, Math.max(0, left))) add(file, file.name, false)
          event.target.value = ''
          onBlur()
        }}
      />
    </div>
  )
}

function FileRow({ file, onRemove }: { file: StoredFile; onRemove?(): void }) {
  const { sources } = useSurroundings()
  const url = sources.fileUrl?.(file.id)
  return (
    <span className="bf-file">
      <PaperClipOutlined aria-hidden="true" />
      {url ? (
        <a href={url} target="_blank" rel="noreferrer">
          {file.name}
        </a>
      ) : (
        <span>{file.name}</span>
      )}
      <small>{sizeInWords(file.size)}</small>
      {onRemove && (
        <button type="button" aria-label={say('upload.remove', { name: file.name })} onClick={onRemove}>
          <CloseOutlined />
        </button>
      )}
    </span>
  )
}

function sizeInWords(bytes: number): string {
  return bytes < 1_000_000 ? `${Math.max(1, Math.round(bytes / 1000))} KB` : `${(bytes / 1_000_000).toFixed(1)} MB`
}

function AttachmentText({ value }: FieldTextProps<StoredFile[]>) {
  const files = Array.isArray(value) ? value : []
  return files.length === 0 ? (
    <span className="bf-text">—</span>
  ) : (
    <div className="bf-files">
      {files.map((file) => (
        <FileRow key={file.id} file={file} />
      ))}
    </div>
  )
}

export const attachment = defineFieldType<StoredFile[]>({
  type: 'Attachment',
  label: '附件',
  group: 'evidence',
  isGroup: true,
  wide: true,
  Input: AttachmentInput,
  Text: AttachmentText,
  make: () => ({ type: 'array', title: '附件', maxItems: 20, 'x-component': 'Attachment' }),
})
