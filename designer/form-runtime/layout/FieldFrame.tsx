import { ExclamationCircleFilled } from '@ant-design/icons'
import { type ReactNode, useContext } from 'react'
import { FrameContext } from '../model/form-context.ts'
import { say } from '../words/say.ts'

export interface FieldFrameProps {
  readonly id: string
  readonly title: string
  readonly description: string | undefined
  readonly required: boolean
  readonly error: string | undefined
  /** Stands right of the title: 21 / 1000 字. */
  readonly aside?: ReactNode
  /** The input is a group: the title is no label of a single element. */
  readonly isGroup: boolean
  readonly wide: boolean
  readonly path: string
  readonly children: ReactNode
}

/** Title, input, help and error of one field, wired by ids. */
export function FieldFrame({ id, title, description, required, error, aside, isGroup, wide, path, children }: FieldFrameProps) {
  const frame = useContext(FrameContext)
  return (
    <div
      className="bf-field"
      data-wide={wide || undefined}
      data-invalid={error ? true : undefined}
      data-cell={frame === 'cell' || undefined}
      data-path={path}
    >
      {frame === 'cell' && !isGroup && (
        <label className="bf-unseen" htmlFor={id}>
          {title}
        </label>
      )}
      {frame === 'field' && (
        <div className="bf-label">
          {isGroup ? <span>{title}</span> : <label htmlFor={id}>{title}</label>}
          {required ? <em className="bf-must">{say('form.required')}</em> : <em className="bf-may">{say('form.optional')}</em>}
          {aside && <span className="bf-aside">{aside}</span>}
        </div>
      )}
      {frame === 'field' && description && (
        <p className="bf-help" id={`${id}-help`}>
          {description}
        </p>
      )}
      {children}
      {error && (
        <p className="bf-error" id={`${id}-error`}>
          <ExclamationCircleFilled aria-hidden="true" /> {error}
        </p>
      )}
    </div>
  )
}

/** Ids of the texts that describe an input. */
export function describedBy(id: string, description: string | undefined, error: string | undefined): string | undefined {
  const ids = [description ? `${id}-help` : '', error ? `${id}-error` : ''].filter((each) => each !== '')
  return ids.length > 0 ? ids.join(' ') : undefined
}

/** A field that is only read: its title and its value as text, never a greyed input. */
export function ReadFrame({ title, wide, path, children }: { title: string; wide: boolean; path: string; children: ReactNode }) {
  const frame = useContext(FrameContext)
  if (frame === 'cell') return <div data-path={path}>{children}</div>
  return (
    <div className="bf-field bf-read" data-wide={wide || undefined} data-path={path}>
      <span className="bf-label">{title}</span>
      <div className="bf-value">{children}</div>
    </div>
  )
}
