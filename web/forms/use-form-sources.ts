import { useMemo } from 'react'
import type { z } from 'zod'
import type { option, personOption } from '../../contracts/api/admin.ts'
import type { FormView } from '../../contracts/api/inbox.ts'
import type { Attachment } from '../../contracts/api/records.ts'
import type { FormSources, SourceOption } from '../../designer/form-runtime/index.ts'
import { attachmentUrl } from '../api/attachment-url.ts'
import { withQuery } from '../api/path.ts'
import { get, upload } from '../api/request.ts'
import { countyNow } from '../clock/county-clock.ts'
import { useMe } from '../session/session-context.ts'

type Person = z.infer<typeof personOption>
type Option = z.infer<typeof option>

/** What a form needs of the page around it: pickers that ask the server, photos that are sent at once, and the watermark. */
export function useFormSources(form: FormView | null): FormSources {
  const me = useMe()
  return useMemo<FormSources>(
    () => ({
      options: (form?.sources ?? {}) as Record<string, SourceOption[]>,
      async search(kind, q, field) {
        if (kind === 'person') {
          const people = await get<Person[]>(
            withQuery('/people', { q, position: field.position, enterprise: field.of === 'enterprise' ? me.enterprise?.id : undefined }),
          )
          return people.map((person) => ({ id: person.id, name: person.name, hint: person.post }))
        }
        return get<Option[]>(withQuery(kind === 'unit' ? '/units' : '/enterprises', { q }))
      },
      async upload(file, meta) {
        const body = new FormData()
        body.set('clientId', meta.clientId)
        body.set('takenAt', String(meta.takenAt))
        if (meta.place) body.set('place', meta.place)
        body.set('file', file, meta.name)
        const { id, name, mime, size, takenAt } = await upload<Attachment>('/attachments', body)
        return { id, name, mime, size, takenAt }
      },
      fileUrl: attachmentUrl,
      now: countyNow,
      watermark: [me.person.name, [me.enterprise?.townName, me.enterprise?.name].filter(Boolean).join('　')].filter(Boolean),
    }),
    [form?.sources, me],
  )
}
