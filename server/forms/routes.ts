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
      summary: '表单',
      access: 'admin.forms',
      answer: formList,
      handle: async ({ actor }) => ({ forms: await editing.list(actor.countyCode) }),
    }),
    route({
      method: 'get',
      path: '/admin/forms/:key',
      summary: '一张表单：已发布的版本和草稿',
      access: 'admin.forms',
      answer: formEdit,
      handle: ({ actor, params }) => editing.open(actor.countyCode, params['key'] ?? ''),
    }),
    route({
      method: 'put',
      path: '/admin/forms/:key/draft',
      summary: '保存草稿',
      access: 'admin.forms',
      body: formDraft,
      answer: formDraftSaved,
      handle: ({ actor, params, body }) => editing.saveDraft(actor, params['key'] ?? '', body),
    }),
    route({
      method: 'delete',
      path: '/admin/forms/:key/draft',
      summary: '放弃草稿',
      access: 'admin.forms',
      handle: ({ actor, params }) => editing.dropDraft(actor, params['key'] ?? ''),
    }),
    route({
      method: 'post',
      path: '/admin/forms/:key/check',
      summary: '检查一张表单，并与在用的版本对比',
      access: 'admin.forms',
      body: formCheck,
      answer: formFindings,
      handle: ({ actor, params, body }) => editing.check(actor.countyCode, params['key'] ?? '', body.schema),
    }),
    route({
      method: 'post',
      path: '/admin/forms/:key/publish',
      summary: '把草稿发布为新版本',
      access: 'admin.forms',
      body: formPublish,
      answer: formPublished,
      handle: ({ actor, params, body }) => editing.publish(actor, params['key'] ?? '', body.note, body.revision),
    }),
  ]
}
