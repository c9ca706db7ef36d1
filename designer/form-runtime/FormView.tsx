import { FormContext as FormilyFormContext } from '@formily/react'
import { ConfigProvider } from 'antd'
import { type Ref, useEffect, useId, useImperativeHandle, useMemo, useRef, useState } from 'react'
import type { FieldError, FormSchema } from '../../contracts/form-definition.ts'
import { narrowSchema, type Permissions, type RuleContext, type Values } from '../../contracts/form-rules/index.ts'
import { wallTime } from '../../contracts/wall-time.ts'
import { ErrorSummary } from './layout/ErrorSummary.tsx'
import { FormActions } from './layout/FormActions.tsx'
import { FormErrorBoundary } from './layout/FormErrorBoundary.tsx'
import { StepsHead } from './layout/StepsHead.tsx'
import { SchemaField } from './layout/schema-field.ts'
import { focusField } from './model/focus-field.ts'
import { FormContext, makeFocusBus, type Pending, type StepsControl } from './model/form-context.ts'
import { type FormModel, makeFormModel } from './model/form-model.ts'
import { fieldsById, toFormily } from './model/to-formily.ts'
import { stepOfField, stepTitles, useSteps } from './model/use-steps.ts'
import { useUploadQueue } from './model/use-upload-queue.ts'
import { loadTheRest } from './on-demand.tsx'
import type { FormSources } from './sources.ts'
import { useIsNarrow } from './use-is-narrow.ts'
import { say } from './words/say.ts'

export interface FormViewProps {
  /** The form as the server gives it (`form` of the task page) or a resolved definition; its schema is checked again here. */
  readonly definition: {
    readonly key: string
    readonly title: string
    readonly schema: unknown
    readonly version?: number
    readonly context?: Partial<RuleContext>
  }
  /** Values at the beginning. Later ones are not taken over: give the component another `key` to begin anew. */
  readonly values: Values
  /** Path → cell, `*` for the rest; nothing: everything may be written. */
  readonly permissions?: Permissions
  readonly mode: 'fill' | 'read'
  readonly sources?: FormSources
  /** What rules may read besides the form, on top of what the definition brings. `now` is the county's local time `YYYY-MM-DDTHH:mm`; without it the device's. */
  readonly context?: Partial<RuleContext>
  /** Defaults of the schema are put into empty fields (a form that is begun). */
  readonly withDefaults?: boolean
  /** `auto` follows the width of the window. */
  readonly layout?: 'auto' | 'phone' | 'desktop'
  /** Errors that the server found, by path. */
  readonly errors?: readonly FieldError[]
  /** Every change, with the values as they would be sent: for drafts and for what stands beside the form. */
  readonly onChange?: (values: Values) => void
  /** With it the form has its own buttons (and steps on the phone); it is called when nothing is wrong. */
  readonly onSubmit?: (values: Values) => void
  readonly onSaveDraft?: (values: Values) => void
  /** 提交给主要负责人签字 */
  readonly submitText?: string
  /** 下一步：安全管理部门 李慧 定级 */
  readonly submitHint?: string
  readonly busy?: boolean
  /** False: no buttons of its own on the desktop, the page has them and uses `handle`. The phone keeps its bar. */
  readonly desktopActions?: boolean
  readonly handle?: Ref<FormHandle>
  /** A model that several views share, so that what is typed in one shows in the others (preview). Made by `openFormModel`. */
  readonly model?: FormModel
}

/** For a page that has the buttons itself (decision bar). */
export interface FormHandle {
  /** Shows all errors and leads to the first; the values when there are none. Some fields are demanded by the outcome that is chosen. */
  check(options?: { outcome?: string }): Values | null
  values(): Values
  showErrors(errors: readonly FieldError[]): void
  focus(path: string): void
}

/** One form, to fill in or to read, on phone and desktop: the only way in which a form is shown anywhere. */
export function FormView(props: FormViewProps) {
  const narrowed = useMemo(() => narrowSchema(props.definition.schema), [props.definition.schema])
  if (!narrowed.ok) {
    return (
      <div className="bf-errors" role="alert">
        <p>{say('form.broken')}</p>
      </div>
    )
  }
  return (
    <FormErrorBoundary>
      <OpenForm {...props} schema={narrowed.schema} />
    </FormErrorBoundary>
  )
}

const PHONE = { token: { controlHeight: 44, fontSize: 16 } }
/** How long after the form stands the rest is fetched, in ms. */
const REST_AFTER_MS = 1_500
const NO_PERMISSIONS: Permissions = {}
const NO_SOURCES: FormSources = {}

function OpenForm(props: FormViewProps & { readonly schema: FormSchema }) {
  const { schema, mode, sources = NO_SOURCES, permissions = NO_PERMISSIONS } = props
  const narrow = useIsNarrow()
  const phone = props.layout === 'phone' || (props.layout !== 'desktop' && narrow)
  const idPrefix = useId().replaceAll(/[^\w-]/g, '')
  const start = useRef(props)
  const permissionsKey = JSON.stringify(permissions)
  const own = useMemo<FormModel | null>(() => {
    if (props.model) return null
    const { values, context, withDefaults, definition } = start.current
    return makeFormModel({
      schema,
      values,
      permissions: JSON.parse(permissionsKey) as Permissions,
      context: { now: localNow(), ...definition.context, ...context },
      readOnly: mode === 'read',
      withDefaults: withDefaults === true && mode === 'fill',
    })
  }, [schema, permissionsKey, mode, props.model])
  const model = (props.model ?? own) as FormModel
  const fields = useMemo(() => fieldsById(schema), [schema])
  const formily = useMemo(() => toFormily(schema), [schema])
  const [focus] = useState(makeFocusBus)
  const uploads = useUploadQueue(model, sources)
  const [pending, setPending] = useState<Pending | null>(null)
  const summary = useRef<HTMLDivElement>(null)
  const titles = stepTitles(model)
  const steps: StepsControl | undefined = useSteps(model, titles, phone && mode === 'fill' && props.onSubmit !== undefined)
  const [errors, setErrors] = useState<readonly FieldError[]>([])
  const [asked, setAsked] = useState(false)

  // Once the form stands, what it may open later is fetched too: the network may be gone by then.
  useEffect(() => {
    if (mode !== 'fill') return undefined
    const later = setTimeout(() => void loadTheRest(phone), REST_AFTER_MS)
    return () => clearTimeout(later)
  }, [mode, phone])
  useEffect(() => model.subscribe(() => setErrors(model.errors())), [model])
  const { onChange } = props
  useEffect(() => (onChange ? model.subscribe(() => onChange(model.values())) : undefined), [model, onChange])
  useEffect(() => {
    if (props.errors && props.errors.length > 0) {
      model.showErrors(props.errors)
      setAsked(true)
      requestAnimationFrame(() => summary.current?.focus())
    }
  }, [model, props.errors])

  const goTo = (path: string) => {
    const step = stepOfField(model, path)
    if (steps && step !== undefined) steps.goTo(steps.titles.indexOf(step))
    focus.request(path)
    focusField(idPrefix, path)
  }
  const check = (within?: (path: string) => boolean): Values | null => {
    const fine = model.validate(within)
    setErrors(model.errors())
    setAsked(true)
    if (fine) return model.values()
    requestAnimationFrame(() => summary.current?.focus())
    return null
  }
  useImperativeHandle(props.handle, () => ({
    check: (options) => {
      model.chooseOutcome(options?.outcome)
      return check()
    },
    values: () => model.values(),
    showErrors: (list: readonly FieldError[]) => {
      model.showErrors(list)
      setAsked(true)
      requestAnimationFrame(() => summary.current?.focus())
    },
    focus: goTo,
  }))
  const handleSubmit = () => {
    const values = check()
    if (values) props.onSubmit?.(values)
  }
  const inStep = (path: string) =>
    !steps || steps.current === steps.titles.length - 1 || (stepOfField(model, path) ?? steps.titles[0]) === steps.titles[steps.current]
  const surroundings = useMemo(
    () => ({ model, sources, uploads, phone, today: model.context.now.slice(0, 10), idPrefix, steps, focus, fields, setPending }),
    [model, sources, uploads, phone, idPrefix, steps, focus, fields],
  )
  const drawn = (
    <FormContext.Provider value={surroundings}>
      <FormilyFormContext.Provider value={model.form}>
        <form
          className="bf-form"
          data-phone={phone || undefined}
          data-mode={mode}
          noValidate
          aria-label={props.definition.title}
          onSubmit={(event) => {
            event.preventDefault()
            handleSubmit()
          }}
        >
          {steps && <StepsHead steps={steps} />}
          {asked && (
            <ErrorSummary
              ref={summary}
              errors={errors.filter((error) => inStep(error.field))}
              stepOf={(path) => (titles.length > 1 ? stepOfField(model, path) : undefined)}
              onChoose={goTo}
            />
          )}
          <div className="bf-fields">
            <SchemaField schema={formily} />
          </div>
          {props.onSubmit && mode === 'fill' && (phone || props.desktopActions !== false) && (
            <FormActions
              steps={steps}
              pending={pending}
              phone={phone}
              busy={props.busy === true}
              submitText={props.submitText ?? say('form.submit')}
              submitHint={props.submitHint}
              onNext={() => {
                if (!steps) return
                if (check((path) => (stepOfField(model, path) ?? steps.titles[0]) === steps.titles[steps.current])) {
                  setAsked(false)
                  steps.goTo(steps.current + 1)
                }
              }}
              onSubmit={handleSubmit}
              onSaveDraft={props.onSaveDraft ? () => props.onSaveDraft?.(model.values()) : undefined}
            />
          )}
        </form>
      </FormilyFormContext.Provider>
    </FormContext.Provider>
  )
  // Under a thumb controls are 44 high and read at 16, wherever the phone's layout is shown.
  return phone ? <ConfigProvider theme={PHONE}>{drawn}</ConfigProvider> : drawn
}

/** The device's time, where the page has no county clock to give. */
const localNow = () => wallTime(Date.now())

/** A model for views that share it. The schema must be within the allow-list; undefined when it is not. */
export function openFormModel(input: {
  schema: unknown
  values: Values
  permissions?: Permissions
  context?: Partial<RuleContext>
}): FormModel | undefined {
  const narrowed = narrowSchema(input.schema)
  if (!narrowed.ok) return undefined
  return makeFormModel({
    schema: narrowed.schema,
    values: input.values,
    permissions: input.permissions ?? NO_PERMISSIONS,
    context: { now: localNow(), ...input.context },
    readOnly: false,
    withDefaults: true,
  })
}
