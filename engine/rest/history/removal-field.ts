import { dateField, type Field } from '../query/field.ts'

/** When history may go: the root instance's row says it for everything below. */
export const removalField = (rootColumn: string): Field =>
  dateField(`(select r.removal_at from hi_instance r where r.instance_id = ${rootColumn})`)
