import type { NodeSetting } from '../../contracts/bpmn-extension.ts'
import type { FormDefinition } from '../../contracts/form-definition.ts'
import { narrowSchema, schemaFields } from '../../contracts/form-rules/index.ts'

/** A procedure of a county, as far as it uses forms. */
export interface FormUser {
  readonly title: string
  readonly settings: readonly NodeSetting[]
}

/** Titles of the procedures that use a form. */
export function usersOf(key: string, users: readonly FormUser[]): string[] {
  return users.filter((user) => user.settings.some((setting) => setting.form === key)).map((user) => user.title)
}

/** Paths of this form that gateways, facts, changes of the record or assignments read. */
export function fieldsReadOf(form: FormDefinition, users: readonly FormUser[]): string[] {
  const narrowed = narrowSchema(form.schema)
  const own = new Set(narrowed.ok ? schemaFields(narrowed.schema).map((field) => field.template) : [])
  const read = new Set<string>()
  for (const setting of users.flatMap((user) => user.settings).filter((each) => each.form === form.key)) {
    const paths = [
      ...Object.values(setting.variables),
      ...setting.facts.flatMap((fact) => Object.values(fact.attributes)),
      ...setting.record.flatMap((change) => Object.values(change.set)),
      ...setting.seats.flatMap((seat) => (seat.who.kind === 'person-in-field' ? [seat.who.field] : [])),
    ]
    for (const path of paths) if (own.has(path)) read.add(path)
  }
  return [...read].sort()
}
