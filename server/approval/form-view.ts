import type { FormView } from '../../contracts/api/inbox.ts'
import type { FieldSchema } from '../../contracts/form-definition.ts'
import { type FormDefinition, type Forms, referencedIds } from '../forms/index.ts'
import type { Actor } from '../identity/actor.ts'
import { type Organisation, positionTitle } from '../organisation/index.ts'
import type { OpenForm, Values } from './form-gate.ts'

/** A form as it goes to the page: reduced to what the seat may see, with the options that its pickers need. */
export type ViewForm = (open: OpenForm, values: Values) => Promise<FormView>

interface Option {
  readonly id: string
  readonly name: string
  readonly hint: string
}

/** Views of forms that belong to one place; who and what can be picked there is read once. */
export function formViewsOf(
  { forms, organisation }: { forms: Forms; organisation: Organisation },
  actor: Actor,
  place: { readonly enterpriseId: string | null; readonly townId: string | null },
): ViewForm {
  const { countyCode } = actor
  const { people, places } = organisation
  const peopleWhere = async (where: { enterpriseId?: string }) => {
    const found = await people.search(countyCode, { ...where, limit: 200 })
    const options = found.map((one) => ({
      id: one.personId,
      name: one.personName,
      hint: `${one.placeName} ${positionTitle(one.position)}`,
    }))
    return [...new Map(options.map((option) => [option.id, option])).values()]
  }
  const directory = {
    /** People of the enterprise; an enterprise never learns of others. */
    Staff: once(() => peopleWhere(place.enterpriseId === null ? {} : { enterpriseId: place.enterpriseId })),
    Person: once(() => peopleWhere(actor.kind === 'enterprise' && place.enterpriseId !== null ? { enterpriseId: place.enterpriseId } : {})),
    Enterprise: once(async () => {
      const own = place.enterpriseId === null ? (place.townId === null ? {} : { townId: place.townId }) : { ids: [place.enterpriseId] }
      return (await places.enterprises(countyCode, own)).map((one) => ({ id: one.id, name: one.name, hint: one.address }))
    }),
    Unit: once(async () => (await places.units(countyCode)).map((unit) => ({ id: unit.id, name: unit.name, hint: '' }))),
  }

  async function sourcesOf(form: FormDefinition, values: Values): Promise<Record<string, readonly Option[]>> {
    const fields = pickers(form.schema.properties)
    const sources: Record<string, readonly Option[]> = {}
    for (const { path, component } of fields) sources[path] = await directory[component]()
    const persons = fields.filter((field) => field.component === 'Person' || field.component === 'Staff')
    if (persons.length === 0) return sources
    const known = new Set(persons.flatMap(({ path }) => sources[path] ?? []).map((option) => option.id))
    const strangers = referencedIds(form, values).flatMap((one) => (one.kind === 'person' && !known.has(one.id) ? [one.id] : []))
    if (strangers.length === 0) return sources
    const named = [...(await people.peopleByIds(countyCode, strangers)).values()].map((one) => ({ id: one.id, name: one.name, hint: '' }))
    for (const { path } of persons) sources[path] = [...(sources[path] ?? []), ...named]
    return sources
  }

  return async (open, values) => {
    const stored = { ...open.stored, ...values }
    return { ...forms.viewFor(open.form, stored, open.permissions, open.context), sources: await sourcesOf(open.form, stored) }
  }
}

function once<T>(read: () => Promise<T>): () => Promise<T> {
  let answer: Promise<T> | null = null
  return () => {
    answer ??= read()
    return answer
  }
}

type Picker = 'Person' | 'Staff' | 'Unit' | 'Enterprise'

function pickerOf(field: FieldSchema): Picker | null {
  const component = field['x-component']
  if (component === 'Person') return field['x-component-props']?.of === 'enterprise' ? 'Staff' : 'Person'
  return component === 'Unit' || component === 'Enterprise' ? component : null
}

function pickers(properties: FormDefinition['schema']['properties'], at = ''): { path: string; component: Picker }[] {
  return Object.entries(properties ?? {}).flatMap(([key, field]) => {
    const path = field.type === 'void' ? at : at === '' ? key : `${at}.${key}`
    const component = pickerOf(field)
    return [
      ...(component === null ? [] : [{ path, component }]),
      ...pickers(field.properties ?? {}, path),
      ...pickers(field.items?.properties ?? {}, path),
    ]
  })
}
