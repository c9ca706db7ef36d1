import type { FormView } from '../../contracts/api/inbox.ts'
import { type FormDefinition, type Forms, referencedIds } from '../forms/index.ts'
import type { Organisation } from '../organisation/index.ts'
import { positionTitle } from '../organisation/index.ts'
import type { OpenForm, Values } from './form-gate.ts'

/** A form as it goes to the page: reduced to what the seat may see, with the options that its pickers need. */
export async function formViewOf(
  { forms, organisation }: { forms: Forms; organisation: Organisation },
  countyCode: string,
  open: OpenForm,
  values: Values,
  place: { enterpriseId: string | null; townId: string | null },
): Promise<FormView> {
  const view = forms.viewFor(open.form, { ...open.stored, ...values }, open.permissions, open.context)
  return { ...view, sources: await sourcesOf(organisation, countyCode, open.form, { ...open.stored, ...values }, place) }
}

interface Option {
  readonly id: string
  readonly name: string
  readonly hint: string
}

async function sourcesOf(
  { people, places }: Organisation,
  countyCode: string,
  form: FormDefinition,
  values: Values,
  place: { enterpriseId: string | null; townId: string | null },
): Promise<Record<string, Option[]>> {
  const fields = pickers(form.schema.properties)
  if (fields.length === 0) return {}
  const named = referencedIds(form, values)
  const idsOf = (kind: string) => named.filter((one) => one.kind === kind).map((one) => one.id)
  const holdings =
    place.enterpriseId === null
      ? await people.search(countyCode, { limit: 200 })
      : await people.search(countyCode, { enterpriseId: place.enterpriseId, limit: 200 })
  const byPerson = new Map(
    holdings.map((holding) => [
      holding.personId,
      { id: holding.personId, name: holding.personName, hint: `${holding.placeName} ${positionTitle(holding.position)}` },
    ]),
  )
  for (const person of (await people.peopleByIds(countyCode, idsOf('person'))).values())
    if (!byPerson.has(person.id)) byPerson.set(person.id, { id: person.id, name: person.name, hint: '' })
  const enterprises =
    place.enterpriseId === null
      ? await places.enterprises(countyCode, place.townId === null ? {} : { townId: place.townId })
      : await places.enterprises(countyCode, { ids: [place.enterpriseId] })
  const units = fields.some((field) => field.component === 'Unit') ? await places.units(countyCode) : []
  const options: Record<string, Option[]> = {
    Person: [...byPerson.values()],
    Enterprise: enterprises.map((one) => ({ id: one.id, name: one.name, hint: one.address })),
    Unit: units.map((unit) => ({ id: unit.id, name: unit.name, hint: '' })),
  }
  return Object.fromEntries(fields.map((field) => [field.path, options[field.component] ?? []]))
}

function pickers(properties: FormDefinition['schema']['properties'], at = ''): { path: string; component: string }[] {
  return Object.entries(properties ?? {}).flatMap(([key, field]) => {
    const path = field.type === 'void' ? at : at === '' ? key : `${at}.${key}`
    const own = ['Person', 'Unit', 'Enterprise'].includes(field['x-component']) ? [{ path, component: field['x-component'] }] : []
    return [...own, ...pickers(field.properties ?? {}, path), ...pickers(field.items?.properties ?? {}, path)]
  })
}
