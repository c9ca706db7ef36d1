import { type Ref, useImperativeHandle, useRef } from 'react'
import { useTranslation } from 'react-i18next'
import type { TaskPage } from '../../../contracts/api/inbox.ts'
import { type FormHandle, FormView } from '../../../designer/form-runtime/index.ts'
import { SavedNote } from '../../forms/SavedNote.tsx'
import { useDraft } from '../../forms/use-draft.ts'
import { useFormSources } from '../../forms/use-form-sources.ts'
import { useIsPhone } from '../../shell/use-is-phone.ts'

import type { FieldError } from './use-decision.ts'

export interface OwnFormHandle {
  /** What was filled in; null when something is missing, which the form then shows. */
  collect: (lenient: boolean) => Record<string, unknown> | null
  showErrors: (errors: FieldError[]) => void
  /** It was sent: nothing is left to save. */
  forget: () => void
}

interface OwnFormProps {
  page: TaskPage
  ref: Ref<OwnFormHandle>
}

/** 本级填写: the only fields that this seat may write; saved as they are written. */
export function OwnForm({ page, ref }: OwnFormProps) {
  const { t } = useTranslation()
  const phone = useIsPhone()
  const form = page.form
  const view = useRef<FormHandle>(null)
  const { saving, save, drop } = useDraft(`/seats/${encodeURIComponent(page.seatId)}/draft`)
  const sources = useFormSources(form)
  useImperativeHandle(ref, () => ({
    collect(lenient) {
      if (!view.current) return {}
      if (!lenient && !view.current.validate()) {
        document.getElementById('mine')?.scrollIntoView({ block: 'start' })
        return null
      }
      return view.current.values()
    },
    showErrors: (errors) => view.current?.showErrors(errors),
    forget: drop,
  }))
  if (!form) return null
  return (
    <section id="mine" aria-labelledby="mine-title">
      <h2 id="mine-title">
        {t('task.mine')}
        <span className="h-note" role="status">
          <SavedNote saving={saving} />
        </span>
      </h2>
      <div className="mine">
        <FormView ref={view} form={form} sources={sources} phone={phone} onChange={save} />
      </div>
    </section>
  )
}
