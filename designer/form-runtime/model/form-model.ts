import { createForm, type Form } from '@formily/core'
import { toJS } from '@formily/reactive'
import type { FieldError, FormSchema } from '../../../contracts/form-definition.ts'
import {
  copyData,
  FIELD_VALUES,
  type FieldState,
  fieldStates,
  findErrors,
  initialValues,
  isLayout,
  type Permissions,
  type RuleContext,
  readPath,
  sameData,
  type Values,
} from '../../../contracts/form-rules/index.ts'

export interface FormModelInput {
  readonly schema: FormSchema
  readonly values: Values
  readonly permissions: Permissions
  readonly context: RuleContext
  readonly readOnly: boolean
  /** False for a form that is only looked at or carries on: no defaults are put in. */
  readonly withDefaults: boolean
}

/**
 * One form being filled in. Formily keeps the values; visibility, demands and formulas come from the same pure rules as on the
 * server, and so do the errors. Components subscribe to the states of their own field only.
 */
export interface FormModel {
  readonly form: Form
  readonly schema: FormSchema
  readonly readOnly: boolean
  readonly context: RuleContext
  subscribe(listener: () => void): () => void
  /** By data path (`hazards.0.level`), for layout by `holder#x-id`. */
  stateOf(key: string): FieldState | undefined
  errorOf(path: string): string | undefined
  /** All fields with what the rules make of them now, in the order of the form. */
  states(): readonly FieldState[]
  /** All errors shown, in the order of the form. */
  errors(): readonly FieldError[]
  /** Errors of the fields below a path, shown or not: what is still missing in a row or a step. */
  missing(within: (path: string) => boolean): readonly FieldError[]
  /** Shows every error; true when there is none. */
  validate(within?: (path: string) => boolean): boolean
  /** The outcome that is being chosen: some fields are demanded by it. */
  chooseOutcome(outcome: string | undefined): void
  /** A field was left: from now on its error is shown. */
  touch(path: string): void
  /** Errors that the server found. */
  showErrors(errors: readonly FieldError[]): void
  /** The values to send: what rules hide is gone, what was emptied is null. */
  values(): Values
  version(): number
  refresh(): void
}

export function makeFormModel(input: FormModelInput): FormModel {
  const { schema, permissions, readOnly } = input
  let context = input.context
  const start: Values = { ...(input.withDefaults ? initialValues(schema, context) : {}), ...copyData(input.values) }
  const form = createForm({ values: start as Record<string, unknown> })
  const listeners = new Set<() => void>()
  const proposed = new Map<string, unknown>()
  const touched = new Set<string>()
  let states = new Map<string, FieldState>()
  let list: FieldState[] = []
  let computed: Values = start
  let all: FieldError[] = []
  let served: readonly FieldError[] = []
  let shown: readonly FieldError[] = []
  let version = 0
  let everything = false
  let sawWithin: ((path: string) => boolean) | undefined

  const evaluate = () => {
    const values = copyData(toJS(form.values)) as Values
    list = fieldStates(schema, values, permissions, context)
    computed = values
    all = readOnly ? [] : findErrors(list, values, context)
    const next = new Map<string, FieldState>()
    for (const state of list) {
      const key = keyOf(state)
      const before = states.get(key)
      next.set(key, before && sameState(before, state) ? before : state)
    }
    states = next
    const wanted = (path: string) => everything || touched.has(path) || (sawWithin?.(path) ?? false)
    shown = [...all.filter((error) => wanted(error.field)), ...served.filter((error) => !all.some((own) => own.field === error.field))]
  }
  const settle = () => {
    for (const { node, visible, readOnly: closed, proposal } of list) {
      if (isLayout(node.schema)) continue
      const path = node.path.join('.')
      const current = readPath(toJS(form.values), node.path)
      if (node.schema['x-formula'] !== undefined) {
        const value = readPath(computed, node.path)
        if (!sameData(value, current)) form.setValuesIn(path, value)
      } else if (
        !readOnly &&
        visible &&
        !closed &&
        proposal !== undefined &&
        (FIELD_VALUES[node.schema['x-component']].isEmpty(current) || sameData(current, proposed.get(path))) &&
        !sameData(current, proposal)
      ) {
        proposed.set(path, proposal)
        form.setValuesIn(path, proposal)
      }
    }
  }
  let busy = false
  const refresh = () => {
    if (busy) return
    busy = true
    for (let pass = 0; pass < 4; pass++) {
      const before = JSON.stringify(toJS(form.values))
      evaluate()
      settle()
      if (JSON.stringify(toJS(form.values)) === before) break
    }
    busy = false
    version++
    for (const listener of listeners) listener()
  }
  // Formily also changes values while it renders (an array field that begins empty), and nobody may be told in the midst of that.
  let stale = false
  const flush = () => {
    if (!stale) return
    stale = false
    refresh()
  }
  form.subscribe(({ type }) => {
    if (type !== 'onFormValuesChange' || busy) return
    served = []
    if (stale) return
    stale = true
    queueMicrotask(flush)
  })
  refresh()

  return {
    form,
    schema,
    readOnly,
    context: input.context,
    subscribe(listener) {
      listeners.add(listener)
      return () => void listeners.delete(listener)
    },
    stateOf: (key) => states.get(key),
    errorOf: (path) => shown.find((error) => error.field === path)?.message,
    states: () => list,
    errors: () => shown,
    missing: (within) => all.filter((error) => within(error.field)),
    validate(within) {
      if (within) {
        const previous = sawWithin
        sawWithin = (path) => within(path) || (previous?.(path) ?? false)
      } else everything = true
      refresh()
      return !all.some((error) => within?.(error.field) ?? true)
    },
    chooseOutcome(outcome) {
      context = { ...input.context, node: { ...input.context.node, ...(outcome === undefined ? {} : { outcome }) } }
      refresh()
    },
    touch(path) {
      if (touched.has(path)) return
      touched.add(path)
      refresh()
    },
    showErrors(errors) {
      served = errors
      refresh()
    },
    values: () => {
      flush()
      return outgoing(computed, input.values)
    },
    version: () => version,
    refresh,
  }
}

export function keyOf({ node }: FieldState): string {
  return isLayout(node.schema) ? `${node.path.join('.')}#${node.schema['x-id']}` : node.path.join('.')
}

function sameState(a: FieldState, b: FieldState): boolean {
  return (
    a.visible === b.visible &&
    a.hidden === b.hidden &&
    a.required === b.required &&
    a.readOnly === b.readOnly &&
    a.title === b.title &&
    a.description === b.description &&
    a.node.schema === b.node.schema
  )
}

function outgoing(values: Values, before: Values): Values {
  const result: Values = {}
  for (const key of new Set([...Object.keys(values), ...Object.keys(before)])) {
    const value = values[key]
    if (value !== undefined && value !== '') result[key] = clean(value)
    else if (before[key] !== undefined && before[key] !== null && before[key] !== '') result[key] = null
  }
  return result
}

/** Rows and groups as they are; empty texts become nothing. */
function clean(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(clean)
  if (value === null || typeof value !== 'object') return value
  return Object.fromEntries(Object.entries(value).map(([key, each]) => [key, each === '' || each === undefined ? null : clean(each)]))
}
