import { CameraFilled, CloseOutlined, PictureOutlined, ReloadOutlined } from '@ant-design/icons'
import { type ChangeEvent, useRef } from 'react'
import { wallTime } from '../../../contracts/wall-time.ts'
import { defineFieldType, type FieldInputProps, type FieldTextProps } from '../field-type.ts'
import { useSurroundings } from '../model/form-context.ts'
import { onDemand } from '../on-demand.tsx'
import type { StoredFile } from '../sources.ts'
import { say } from '../words/say.ts'
import { propOf } from './component-props.ts'
import { shrinkPhoto } from './shrink-photo.ts'
import { useUploads } from './use-uploads.ts'

const MOST = 9
const Thumbs = onDemand(async () => (await import('./Thumbs.tsx')).Thumbs)

/** Camera first; the album is second and marked. Each photo is sent by itself and retried by itself. */
export function PhotoInput({
  id,
  path,
  value,
  title,
  schema,
  invalid,
  describedBy,
  onChange,
  onBlur,
  compact,
}: FieldInputProps<StoredFile[]> & { compact?: boolean }) {
  const files = Array.isArray(value) ? value : []
  const { sources } = useSurroundings()
  const { uploads, add, retry, drop, urlOf } = useUploads(path)
  const camera = useRef<HTMLInputElement>(null)
  const album = useRef<HTMLInputElement>(null)
  const left = (schema.maxItems ?? MOST) - files.length - uploads.length

  const handleFiles = async (event: ChangeEvent<HTMLInputElement>, notOnSite: boolean) => {
    const chosen = [...(event.target.files ?? [])].slice(0, Math.max(0, left))
    event.target.value = ''
    for (const file of chosen) {
      const marks = notOnSite
        ? ['非现场拍摄', ...(sources.watermark ?? []).slice(0, 1)]
        : [
            `${wallTime((sources.now ?? Date.now)()).replace('T', ' ')}　${(sources.watermark ?? [])[0] ?? ''}`.trim(),
            ...(sources.watermark ?? []).slice(1),
          ]
      add(
        await shrinkPhoto(
          file,
          marks.filter((line) => line !== ''),
        ),
        file.name || '照片.jpg',
        notOnSite,
      )
    }
    onBlur()
  }
  return (
    // biome-ignore lint/a11y/useSemanticElements: a fieldset cannot be laid out as a flex box everywhere
    <div
      id={id}
      className="bf-photos"
      data-compact={compact || undefined}
      role="group"
      aria-label={title}
      aria-describedby={describedBy}
      tabIndex={-1}
    >
      {left > 0 && (
        <button
          type="button"
          className="bf-shutter"
          data-invalid={invalid || undefined}
          onClick={() => camera.current?.click()}
          aria-label={`${title}${say('pause')}${say(files.length > 0 ? 'photo.oneMore' : 'photo.take')}`}
        >
          <CameraFilled aria-hidden="true" />
          <b>{say(files.length + uploads.length > 0 ? 'photo.again' : 'photo.take')}</b>
          {!compact && <small>{say('photo.left', { count: left })}</small>}
        </button>
      )}
      {files.length > 0 && (
        <Thumbs files={files} urlOf={urlOf} onRemove={(file) => onChange(files.filter((each) => each.id !== file.id))} />
      )}
      {uploads.map((upload) => (
        <span key={upload.clientId} className="bf-thumb" data-state={upload.state}>
          <img src={upload.url} alt={upload.name} />
          {upload.state === 'sending' ? (
            <em role="status">{say('upload.sending')}</em>
          ) : (
            <button type="button" className="bf-retry" onClick={() => retry(upload.clientId)}>
              <ReloadOutlined aria-hidden="true" />
              {say('upload.failed')}
            </button>
          )}
          <button type="button" className="bf-remove" aria-label={say('photo.removeThis')} onClick={() => drop(upload.clientId)}>
            <CloseOutlined />
          </button>
        </span>
      ))}
      <input
        ref={camera}
        type="file"
        accept="image/*"
        capture="environment"
        hidden
        onChange={(event) => void handleFiles(event, false)}
        data-photo={id}
      />
      {!compact && !propOf(schema, 'cameraOnly') && left > 0 && (
        <button type="button" className="bf-album" onClick={() => album.current?.click()}>
          <PictureOutlined aria-hidden="true" /> {say('photo.album')}
        </button>
      )}
      <input ref={album} type="file" accept="image/*" multiple hidden onChange={(event) => void handleFiles(event, true)} />
    </div>
  )
}

export function PhotoText({ value }: FieldTextProps<StoredFile[]>) {
  const { sources } = useSurroundings()
  const files = Array.isArray(value) ? value : []
  if (files.length === 0) return <span className="bf-text">—</span>
  return (
    <div className="bf-photos" data-read>
      <Thumbs files={files} urlOf={(file) => sources.fileUrl?.(file.id)} />
    </div>
  )
}

export const photo = defineFieldType<StoredFile[]>({
  type: 'Photo',
  label: '现场照片',
  group: 'common',
  isGroup: true,
  wide: true,
  Input: PhotoInput,
  Text: PhotoText,
  make: () => ({ type: 'array', title: '现场照片', maxItems: 9, 'x-component': 'Photo' }),
})
