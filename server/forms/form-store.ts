import type { FormDefinition, FormResources } from '../../contracts/form-definition.ts'
import { narrowSchema, resolveForm } from '../../contracts/form-rules/index.ts'
import type { Database } from '../../database/database.ts'
import type { ShippedForms } from './resources.ts'

/** Definitions by county and version. A county without versions of its own uses the shipped form. */
export interface FormStore {
  /** As filled in: forms, options and sheets that it takes in are in place. `versions` pins the forms that it takes in. Undefined: no such form or version. */
  effectiveForm(
    key: string,
    version: number | 'latest',
    countyCode: string,
    versions?: Readonly<Record<string, number>>,
  ): Promise<FormDefinition | undefined>
  /** The version in force of every form: what a new instance notes and stays with. */
  latestVersions(countyCode: string): Promise<Record<string, number>>
  /** As edited: references not resolved. */
  rawForm(key: string, version: number | 'latest', countyCode: string): Promise<FormDefinition | undefined>
  /** What a schema of this county may refer to. */
  resources(countyCode: string, versions?: Readonly<Record<string, number>>): Promise<FormResources>
  /** The words of a value of the county's `criteria` or `categories`; the value itself when no list has it. */
  optionLabel(countyCode: string, list: 'criteria' | 'categories', value: string): Promise<string>
  keys(): readonly string[]
  /** Version of the form that ships; a county's own count on from it. */
  shippedVersion(key: string): number
}

interface VersionRow {
  form_key: string
  version: number
  title: string
  schema_json: string
  hash: string
}

export function makeFormStore({ database, shipped }: { database: Database; shipped: ShippedForms }): FormStore {
  // Published versions never change, so their parsed form may be kept.
  const parsed = new Map<string, FormDefinition>()

  const store: FormStore = {
    keys: () => [...shipped.forms.keys()],
    shippedVersion: (key) => shipped.forms.get(key)?.version ?? 1,
    async latestVersions(countyCode) {
      const rows = await database.query<{ form_key: string; version: number }>(
        'select form_key, max(version) as version from form_version where county_code = ? group by form_key limit 1000',
        [countyCode],
      )
      const own = new Map(rows.map((row) => [row.form_key, Number(row.version)]))
      return Object.fromEntries([...shipped.forms.values()].map((form) => [form.key, own.get(form.key) ?? form.version]))
    },
    async rawForm(key, version, countyCode) {
      const base = shipped.forms.get(key)
      if (!base) return undefined
      if (version === base.version) return base
      const found = version === 'latest' ? undefined : parsed.get(`${countyCode}/${key}/${version}`)
      if (found) return found
      const columns = 'select form_key, version, title, schema_json, hash from form_version where county_code = ? and form_key = ?'
      const rows =
        version === 'latest'
          ? await database.query<VersionRow>(`${columns} order by version desc limit 1`, [countyCode, key])
          : await database.query<VersionRow>(`${columns} and version = ? limit 1`, [countyCode, key, version])
      const row = rows[0]
      if (!row) return version === 'latest' ? base : undefined
      const form = load(base, row)
      parsed.set(`${countyCode}/${key}/${form.version}`, form)
      return form
    },
    async optionLabel(countyCode, list, value) {
      const { catalogs } = await store.resources(countyCode)
      const options = Object.entries(catalogs).flatMap(([name, catalog]) => (name.startsWith(`${list}/`) ? catalog : []))
      return options.find((option) => option.value === value)?.label ?? value
    },
    async resources(countyCode, versions) {
      const forms = await Promise.all(
        store.keys().map(async (key) => [key, (await store.rawForm(key, versions?.[key] ?? 'latest', countyCode))?.schema] as const),
      )
      return {
        forms: Object.fromEntries(forms.filter((each): each is [string, FormDefinition['schema']] => each[1] !== undefined)),
        catalogs: shipped.catalogs,
        sheets: shipped.sheets,
      }
    },
    async effectiveForm(key, version, countyCode, versions) {
      const form = await store.rawForm(key, version, countyCode)
      if (!form) return undefined
      return resolveForm(form, await store.resources(countyCode, versions))
    },
  }
  return store
}

/** The allow-list again when a version is loaded: a row written by any other hand reaches nobody. */
function load(base: FormDefinition, row: VersionRow): FormDefinition {
  const narrowed = narrowSchema(JSON.parse(row.schema_json))
  if (!narrowed.ok)
    throw new Error(`form ${row.form_key} version ${row.version} is not within the allow-list: ${narrowed.problems[0]?.path}`)
  return { ...base, title: row.title, version: Number(row.version), schema: narrowed.schema, hash: row.hash }
}
