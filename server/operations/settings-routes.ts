import { setSetting, settingList } from '../../contracts/api/admin.ts'
import type { Audit } from '../audit/index.ts'
import { type Route, route } from '../http/route.ts'
import { type Organisation, SETTINGS, type SettingKey } from '../organisation/index.ts'

/** The county's settings: read with what ships, written one at a time, each change in the audit. */
export function settingsRoutes({ organisation, audit }: { organisation: Organisation; audit: Audit }): readonly Route[] {
  return [
    route({
      method: 'get',
      path: '/admin/settings',
      summary: "The county's settings",
      access: 'admin.settings',
      answer: settingList,
      async handle({ actor }) {
        const values = await organisation.settings.all(actor.countyCode)
        const keys = Object.keys(SETTINGS) as SettingKey[]
        return {
          settings: keys.map((key) => ({
            key,
            title: SETTINGS[key].title,
            basis: SETTINGS[key].basis,
            value: values[key],
            shipped: SETTINGS[key].default,
          })),
        }
      },
    }),
    route({
      method: 'put',
      path: '/admin/settings/:key',
      summary: 'Set one of them',
      access: 'admin.settings',
      body: setSetting,
      async handle({ actor, params, body }) {
        const key = params.key ?? ''
        await organisation.settings.set(actor.countyCode, key, body.value)
        await audit.append(actor, { action: 'setting.changed', subject: `setting:${key}`, data: { value: body.value } })
      },
    }),
  ]
}
