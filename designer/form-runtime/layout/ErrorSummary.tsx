import { WarningFilled } from '@ant-design/icons'
import { forwardRef } from 'react'
import type { FieldError } from '../../../contracts/form-definition.ts'
import { say } from '../words/say.ts'

export interface ErrorSummaryProps {
  readonly errors: readonly FieldError[]
  /** 位置定级 — the step that a field lies in, if there are steps. */
  stepOf(path: string): string | undefined
  onChoose(path: string): void
}

/** What still has to be put right, each a link to its field. Gets the focus when a submission fails. */
export const ErrorSummary = forwardRef<HTMLDivElement, ErrorSummaryProps>(({ errors, stepOf, onChoose }, ref) => {
  if (errors.length === 0) return null
  return (
    <div className="bf-errors" role="alert" tabIndex={-1} ref={ref}>
      <p>
        <WarningFilled aria-hidden="true" /> {say('form.errors', { count: errors.length })}
      </p>
      <ul>
        {errors.slice(0, 20).map((error) => (
          <li key={`${error.field}-${error.code}`}>
            <button type="button" className="bf-link" onClick={() => onChoose(error.field)}>
              {error.message}
            </button>
            {stepOf(error.field) && <small>{stepOf(error.field)}</small>}
          </li>
        ))}
        {errors.length > 20 && <li>{say('form.moreErrors', { count: errors.length - 20 })}</li>}
      </ul>
    </div>
  )
})
