import { type Ref, useImperativeHandle, useRef, useState } from 'react'
import { useTranslation } from 'react-i18next'
import type { TaskPage } from '../../../contracts/api/inbox.ts'
import { type FormHandle, FormView } from '../../../designer/form-runtime/index.ts'
import { countyWallTime } from '../../clock/county-clock.ts'
import { SavedNote } from '../../forms/SavedNote.tsx'
import { useDraft } from '../../forms/use-draft.ts'
import { useFormSources } from '../../forms/use-form-sources.ts'
import type { FieldError } from './use-decision.ts'

export interface OwnFormHandle {
  /** What was filled in; null when something is missing, which the form then shows. */
  collect: (lenient: boolean, outcome: string) => Record<string, unknown> | null
  showErrors: (errors: FieldError[]) => void
  /** It was sent: nothing is left to save. */
  forget: () => void
}

interface OwnFormProps {
  page: TaskPage
  form: NonNullable<TaskPage['form']>
  ref: Ref<OwnFormHandle>
}

/** 本级填写: the only fields that this seat may write; saved as they are written. */
export function OwnForm({ page, form, ref }: OwnFormProps) {
  const { t } = useTranslation()
  const view = useRef<FormHandle>(null)
  const { kept, saving, save, drop } = useDraft(`/seats/${encodeURIComponent(page.seatId)}/draft`)
  const sources = useFormSources(form)
  const [context] = useState(() => ({ now: countyWallTime() }))
  useImperativeHandle(ref, () => ({
    collect(lenient, outcome) {
      if (!view.current) return {}
      const values = lenient ? view.current.values() : view.current.check({ outcome })
      return values ? { ...values } : null
    },
    showErrors: (errors) => view.current?.showErrors(errors),
    forget: drop,
  }))
  return (
    <section id="mine" aria-labelledby="mine-title">
      <h2 id="mine-title">
        {t('task.mine')}
        <span className="h-note">{form.title}</span>
        <span role="status">
          <SavedNote saving={saving} />
        </span>
      </h2>
      <div className="mine">
        <FormView
          handle={view}
          definition={form}
          values={kept ?? form.values}
          permissions={form.permissions}
          mode="fill"
          withDefaults
          sources={sources}
          context={context}
          onChange={(values) => save({ ...values })}
        />
      </div>
    </section>
  )
}
