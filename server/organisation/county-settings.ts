import type { Database } from '../../database/database.ts'
import { Refusal } from '../http/problem.ts'
import { isSettingKey, SETTINGS, type SettingKey, type SettingValue } from './settings.ts'

/** A county's settings: what it wrote itself, else what ships. */
export interface CountySettings {
  get<K extends SettingKey>(countyCode: string, key: K): Promise<SettingValue<K>>
  all(countyCode: string): Promise<Readonly<Record<string, unknown>>>
  /** Refuses an unknown key (`not-found`) and a value against its schema (`invalid-request`). */
  set(countyCode: string, key: string, value: unknown): Promise<void>
}

export function makeCountySettings({ database }: { database: Database }): CountySettings {
  const own = async (countyCode: string) => {
    const rows = await database.query<{ setting_key: string; value: string }>(
      'select setting_key, value from setting where county_id = ? limit 500',
      [countyCode],
    )
    return new Map(rows.map((row) => [row.setting_key, row.value]))
  }
  const readValue = (key: SettingKey, text: string | undefined): unknown => {
    const { schema, default: byDefault } = SETTINGS[key]
    return text === undefined ? byDefault : schema.parse(JSON.parse(text))
  }
  return {
    async get<K extends SettingKey>(countyCode: string, key: K) {
      const [row] = await database.query<{ value: string }>('select value from setting where county_id = ? and setting_key = ? limit 1', [
        countyCode,
        key,
      ])
      return readValue(key, row?.value) as SettingValue<K>
    },

    async all(countyCode) {
      const values = await own(countyCode)
      return Object.fromEntries((Object.keys(SETTINGS) as SettingKey[]).map((key) => [key, readValue(key, values.get(key))]))
    },

    async set(countyCode, key, value) {
      if (!isSettingKey(key)) throw new Refusal('not-found', { detail: `no setting ${key}` })
      const checked = SETTINGS[key].schema.safeParse(value)
      if (!checked.success) {
        const errors = checked.error.issues.map((issue) => ({
          field: [key, ...issue.path.map(String)].join('.'),
          code: issue.code,
          message: issue.message,
        }))
        throw new Refusal('invalid-request', { errors })
      }
      await database.transaction(async (tx) => {
        await tx.query('delete from setting where county_id = ? and setting_key = ?', [countyCode, key])
        await tx.query('insert into setting (county_id, setting_key, value) values (?, ?, ?)', [
          countyCode,
          key,
          JSON.stringify(checked.data),
        ])
      })
    },
  }
}
