import type { FormDefinition, FormResources } from '../../../contracts/form-definition.ts'

const base = import.meta.glob<FormDefinition>('../../../forms/base/*.json', { eager: true, import: 'default' })
const sheets = import.meta.glob<{ lines: FormResources['sheets'][string] }>('../../../forms/sheets/*.json', {
  eager: true,
  import: 'default',
})
const catalogs = import.meta.glob<{ options: FormResources['catalogs'][string] }>('../../../forms/{criteria,categories}/*.json', {
  eager: true,
  import: 'default',
})

const nameOf = (path: string, parts: number) =>
  path
    .replace(/\.json$/, '')
    .split('/')
    .slice(-parts)
    .join('/')
export const forms = Object.values(base)

/** Everything below forms/, as the server would give it. */
export const resources: FormResources = {
  forms: Object.fromEntries(forms.map((form) => [form.key, form.schema])),
  sheets: Object.fromEntries(Object.entries(sheets).map(([path, file]) => [nameOf(path, 1), file.lines])),
  catalogs: Object.fromEntries(Object.entries(catalogs).map(([path, file]) => [nameOf(path, 2), file.options])),
}
