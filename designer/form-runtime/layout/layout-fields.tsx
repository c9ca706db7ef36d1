import { observer } from '@formily/react'
import { type ReactNode, useContext } from 'react'
import { propOf } from '../field-types/component-props.ts'
import { HolderContext, InsideStepContext, ReadContext, useFieldState, useFormVersion, useSurroundings } from '../model/form-context.ts'
import { say } from '../words/say.ts'
import { useIsOutOfStep, usePlace } from './ConnectedField.tsx'
import { axesOf, RiskMatrix } from './RiskMatrix.tsx'

interface Holding {
  readonly children?: ReactNode
}

/** Layout nodes have no value: their state is kept by what holds them and their id. */
function useLayoutState() {
  const { schema } = usePlace()
  const holder = useContext(HolderContext)
  return { schema, state: useFieldState(`${holder}#${schema?.['x-id'] ?? ''}`) }
}

/** Two columns on the desktop, one on the phone. */
export const GridField = observer(({ children }: Holding) => {
  const { schema, state } = useLayoutState()
  const outOfStep = useIsOutOfStep()
  if (!schema || !state?.visible || outOfStep) return null
  return (
    <div className="bf-grid" data-columns={propOf(schema, 'columns') ?? 2}>
      {children}
    </div>
  )
})

/** A section with a title; of type `object` its fields nest below its key. */
export const GroupField = observer(({ children }: Holding) => {
  const { path, schema } = usePlace()
  const holder = useContext(HolderContext)
  const isObject = schema?.type === 'object'
  const key = isObject ? path : `${holder}#${schema?.['x-id'] ?? ''}`
  const state = useFieldState(key)
  const outOfStep = useIsOutOfStep()
  const hasAny = useHasVisible(isObject ? path : undefined, schema?.['x-id'])
  const reading = useContext(ReadContext)
  const { model } = useSurroundings()
  if (!schema || !state?.visible || outOfStep || !hasAny) return null
  const axes = isObject && propOf(schema, 'matrix') ? axesOf(schema, path) : undefined
  const isAsked = axes && !reading && !model.readOnly && axes.every((axis) => model.stateOf(axis.path)?.readOnly === false)
  const content = axes && isAsked ? <RiskMatrix axes={axes} title={state.title} /> : children
  const body = schema.title ? (
    <section className="bf-group" aria-label={state.title}>
      <h3>{state.title}</h3>
      {state.description && <p className="bf-help">{state.description}</p>}
      <div className="bf-fields">{content}</div>
    </section>
  ) : (
    <div className="bf-fields">{content}</div>
  )
  return isObject ? <HolderContext.Provider value={path}>{body}</HolderContext.Provider> : body
})

/** A section of which nothing would be seen is not drawn. */
function useHasVisible(objectPath: string | undefined, id: string | undefined): boolean {
  const { model, fields } = useSurroundings()
  const reading = useContext(ReadContext)
  const holder = useContext(HolderContext)
  useFormVersion()
  const schema = id ? fields.get(id) : undefined
  if (!schema?.properties) return true
  const base = objectPath ?? holder
  const drawn = (properties: typeof schema.properties, at: string): boolean =>
    Object.entries(properties ?? {}).some(([key, field]) => {
      if (field.type === 'void') return field['x-component'] === 'Note' || drawn(field.properties ?? {}, at)
      const path = at === '' ? key : `${at}.${key}`
      if (field['x-technical']) return false
      const state = model.stateOf(path)
      if (!state?.visible || (field['x-decision'] && !model.readOnly)) return false
      if (field.type === 'object' && field.properties) return drawn(field.properties, path)
      if (!state.readOnly && !reading && !model.readOnly) return true
      const value: unknown = model.form.getValuesIn(path)
      return !(value === undefined || value === null || value === '' || (Array.isArray(value) && value.length === 0))
    })
  return drawn(schema.properties, base)
}

/** All steps one under the other on the desktop; on the phone the open one. */
export const StepsField = observer(({ children }: Holding) => {
  const { state } = useLayoutState()
  if (!state?.visible) return null
  return <div className="bf-steps">{children}</div>
})

export const StepField = observer(({ children }: Holding) => {
  const { schema, state } = useLayoutState()
  const { steps, fields, model } = useSurroundings()
  const hasAny = useHasVisible(undefined, schema?.['x-id'])
  const inStep = useContext(InsideStepContext)
  const holder = useContext(HolderContext)
  if (!schema || !state?.visible || !hasAny) return null
  const siblings = [...fields.values()].filter((each) => each['x-component'] === 'Step' && model.stateOf(`${holder}#${each['x-id']}`))
  const position = siblings.indexOf(schema)
  const review = steps?.hasReview === true && steps.current === steps.titles.length - 1
  if (steps && !inStep && !review && steps.titles[steps.current] !== state.title) return null
  const body = (
    <section className="bf-step" aria-label={state.title}>
      {(!steps || review) && (
        <h3>
          {!review && <i>{position + 1}</i>}
          {state.title}
          {review && (
            <button type="button" className="bf-link" onClick={() => steps?.goTo(steps.titles.indexOf(state.title))}>
              {say('form.change')}
            </button>
          )}
        </h3>
      )}
      {state.description && <p className="bf-help">{state.description}</p>}
      <div className="bf-fields">{children}</div>
    </section>
  )
  return (
    <InsideStepContext.Provider value={true}>
      <ReadContext.Provider value={review}>{body}</ReadContext.Provider>
    </InsideStepContext.Provider>
  )
})

export const NoteField = observer(() => {
  const { schema, state } = useLayoutState()
  const outOfStep = useIsOutOfStep()
  if (!schema || !state?.visible || outOfStep) return null
  return (
    <p className="bf-note" data-tone={propOf(schema, 'tone') ?? 'info'}>
      {state.description ?? state.title}
    </p>
  )
})
