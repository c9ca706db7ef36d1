import {
  formCheck,
  formDraft,
  formDraftSaved,
  formEdit,
  formFindings,
  formList,
  formPublish,
  formPublished,
} from '../../contracts/api/admin.ts'
import { type Route, route } from '../http/route.ts'
import type { FormEditing } from './form-editing.ts'

/** /api/admin/forms: the form designer's side of the server. */
export function formRoutes(editing: FormEditing): readonly Route[] {
  return [
    route({
      method: 'get',
      path: '/admin/forms',
      summary: 'Forms of the county',
      access: 'admin.forms',
      answer: formList,
      handle: async ({ actor }) => ({ forms: await editing.list(actor.countyCode) }),
    }),
    route({
      method: 'get',
      path: '/admin/forms/:key',
      summary: 'A form: its published versions and the draft',
      access: 'admin.forms',
      answer: formEdit,
      handle: ({ actor, params }) => editing.open(actor.countyCode, params['key'] ?? ''),
    }),
    route({
      method: 'put',
      path: '/admin/forms/:key/draft',
      summary: 'Keep a draft',
      access: 'admin.forms',
      body: formDraft,
      answer: formDraftSaved,
      handle: ({ actor, params, body }) => editing.saveDraft(actor, params['key'] ?? '', body),
    }),
    route({
      method: 'delete',
      path: '/admin/forms/:key/draft',
      summary: 'Discard the draft',
      access: 'admin.forms',
      handle: ({ actor, params }) => editing.dropDraft(actor, params['key'] ?? ''),
    }),
    route({
      method: 'post',
      path: '/admin/forms/:key/check',
      summary: 'What stands against publishing the draft, and how it differs from the version in force',
      access: 'admin.forms',
      body: formCheck,
      answer: formFindings,
      handle: ({ actor, params, body }) => editing.check(actor.countyCode, params['key'] ?? '', body.schema),
    }),
    route({
      method: 'post',
      path: '/admin/forms/:key/publish',
      summary: 'Publish the draft as a new version',
      access: 'admin.forms',
      body: formPublish,
      answer: formPublished,
      handle: ({ actor, params, body }) => editing.publish(actor, params['key'] ?? '', body.note, body.revision),
    }),
  ]
}
