import { dateField, type Field } from '../query/field.ts'

/** When history may go: the root instance's row says it for everything below; `own`: what belongs to no instance. */
export const removalField = (rootColumn: string, own?: string): Field => {
  const ofRoot = `(select r.removal_at from hi_instance r where r.instance_id = ${rootColumn})`
  return dateField(own === undefined ? ofRoot : `coalesce(${own}, ${ofRoot})`)
}
