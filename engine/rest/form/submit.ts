import { evaluateText, type Operand } from '../../core/expression/index.ts'
import type { FormConstraint, FormField, FormFields } from '../../core/model/form-fields.ts'
import type { Value, Variables } from '../../core/value.ts'
import type { Call } from '../http/call.ts'
import { Problem } from '../problem.ts'
import { convertToField, toFieldValue } from './field-value.ts'

const refuse = (message: string): Problem => new Problem(500, 'RestException', message)

/** Checks and converts what was submitted. Values without a field become variables as they are. */
export function submittedVariables(call: Call, form: FormFields, submitted: Variables, visible: Variables): Variables {
  const rest: Record<string, Value> = { ...submitted }
  const variables: Record<string, Value> = {}
  for (const field of form.fields) {
    const given = submitted[field.id]
    delete rest[field.id]
    check(field, given)
    const zone = call.runtime.context.settings.zone
    const raw = given ?? defaultOf(call, field, { ...visible, ...variables })
    if (raw === undefined) continue
    const value = convertToField(field, raw, zone)
    if (!value) throw refuse(`Invalid value for form field '${field.id}': '${String(raw.v)}' is no ${field.type}`)
    if (field.variable === null) throw refuse(`Form property '${field.id}' writes an expression, which is not supported`)
    variables[field.variable] = value
  }
  return { ...variables, ...rest }
}

/** What is written into a field to begin with: its default. */
export function initialValue(call: Call, field: FormField, visible: Variables): Value | undefined {
  const raw = defaultOf(call, field, visible)
  const { zone } = call.runtime.context.settings
  return raw && toFieldValue(field, convertToField(field, raw, zone) ?? raw, zone)
}

/** Fields as a form shows them: the variable's value, else the default, else null. */
export function formVariables(call: Call, form: FormFields, visible: Variables): Variables {
  const { zone } = call.runtime.context.settings
  const variables: Record<string, Value> = {}
  for (const field of form.fields) {
    const raw = (field.variable === null ? undefined : visible[field.variable]) ?? defaultOf(call, field, visible) ?? { t: 'Null', v: null }
    variables[field.id] = toFieldValue(field, convertToField(field, raw, zone) ?? raw, zone)
  }
  return variables
}

function defaultOf(call: Call, field: FormField, visible: Variables): Value | undefined {
  if (!field.defaultValue) return undefined
  const { zone } = call.runtime.context.settings
  const resolve = (name: string): Operand | undefined => (Object.hasOwn(visible, name) ? visible[name] : undefined)
  const result = evaluateText(field.defaultValue.text, { now: call.run.now, zone, currentUser: call.userId, resolve })
  if (!result.ok) throw refuse(result.failure.message)
  return result.value
}

function check(field: FormField, value: Value | undefined): void {
  if (field.kind === 'property') {
    if (!field.isWritable && value !== undefined) throw refuse(`form property '${field.id}' is not writable`)
    if (field.isRequired && value === undefined && !field.defaultValue) throw refuse(`form property '${field.id}' is required`)
    return
  }
  for (const constraint of field.constraints)
    if (!holds(constraint, value))
      throw refuse(
        `Invalid value submitted for form field '${field.id}': validation of ${constraint.name}(${constraint.config ?? 'null'}) failed.`,
      )
}

function holds({ name, config }: FormConstraint, value: Value | undefined): boolean {
  const isEmpty = value === undefined || value.t === 'Null'
  if (name === 'required') return config === 'false' || !(isEmpty || (value.t === 'String' && value.v === ''))
  if (name === 'readonly') return isEmpty
  if (isEmpty) return true
  const text = String(value.v)
  switch (name) {
    case 'minlength':
      return text.length >= Number(config)
    case 'maxlength':
      return text.length <= Number(config)
    case 'min':
      return Number(value.v) >= Number(config)
    case 'max':
      return Number(value.v) <= Number(config)
    default:
      return true
  }
}
