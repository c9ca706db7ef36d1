import type { Field } from '@formily/core'
import { observer, useField, useFieldSchema } from '@formily/react'
import { useContext } from 'react'
import type { FieldSchema } from '../../../contracts/form-definition.ts'
import { FIELD_VALUES } from '../../../contracts/form-rules/index.ts'
import { propOf } from '../field-types/component-props.ts'
import { FIELD_TYPES_UI } from '../field-types/registry.ts'
import {
  HolderContext,
  InsideStepContext,
  inputId,
  ReadContext,
  useFieldError,
  useFieldState,
  useSurroundings,
} from '../model/form-context.ts'
import { say } from '../words/say.ts'
import { CheckSheetField } from './CheckSheetField.tsx'
import { describedBy, FieldFrame, ReadFrame } from './FieldFrame.tsx'
import { RowsField } from './RowsField.tsx'

/** Where a node of the schema stands, and its settings. */
export function usePlace(): { path: string; name: string; schema: FieldSchema | undefined } {
  const { fields } = useSurroundings()
  const node = useFieldSchema()
  const holder = useContext(HolderContext)
  const name = String(node.name)
  return { path: holder === '' ? name : `${holder}.${name}`, name, schema: fields.get(String(node['x-id'])) }
}

/** What lies outside of the wizard's steps shows with the first step, and with the last look. */
export function useIsOutOfStep(): boolean {
  const { steps } = useSurroundings()
  const inside = useContext(InsideStepContext)
  const holder = useContext(HolderContext)
  return (
    steps !== undefined &&
    !inside &&
    holder === '' &&
    steps.current !== 0 &&
    !(steps.hasReview && steps.current === steps.titles.length - 1)
  )
}

/** Ties one field type to Formily's field: value, state by the rules, error, texts. */
export const ConnectedField = observer(() => {
  const field = useField<Field>()
  const { path, schema } = usePlace()
  const state = useFieldState(path)
  const error = useFieldError(path)
  const { model, idPrefix, phone } = useSurroundings()
  const reading = useContext(ReadContext)
  const outOfStep = useIsOutOfStep()
  if (!schema || !state?.visible || outOfStep || schema['x-technical']) return null
  const type = FIELD_TYPES_UI[schema['x-component']]
  const value: unknown = field.value
  const id = inputId(idPrefix, path)
  const wide = schema['x-span'] !== undefined ? schema['x-span'] === 2 : type.wide === true
  const read = reading || model.readOnly || state.readOnly
  if (schema['x-component'] === 'CheckSheet') return <CheckSheetField path={path} schema={schema} title={state.title} read={read} />
  if (schema['x-component'] === 'Table')
    return (
      <RowsField
        path={path}
        schema={schema}
        title={state.title}
        description={state.description}
        required={state.required}
        error={error}
        read={read}
        id={id}
      />
    )
  if (read || !type.Input) {
    // What the platform has not written yet says nothing to anybody.
    const empty = FIELD_VALUES[schema['x-component']].isEmpty(value)
    if (empty && (state.fixed || reading || model.readOnly)) return null
    if (schema['x-decision'] && !model.readOnly) return null
    const Text = type.Text
    return (
      <ReadFrame title={state.title} wide={wide} path={path}>
        {Text ? (
          <Text path={path} title={state.title} schema={schema} value={value} phone={phone} />
        ) : (
          <span className="bf-text">{FIELD_VALUES[schema['x-component']].toText(value, schema, () => undefined) || '—'}</span>
        )}
      </ReadFrame>
    )
  }
  const Input = type.Input
  const input = (
    <Input
      id={id}
      path={path}
      title={state.title}
      schema={schema}
      value={value ?? undefined}
      required={state.required}
      invalid={error !== undefined}
      describedBy={describedBy(id, state.description, error)}
      phone={phone}
      onChange={(next) => {
        field.value = next
      }}
      onBlur={() => model.touch(path)}
    />
  )
  return (
    <FieldFrame
      id={id}
      path={path}
      title={state.title}
      description={state.description}
      required={state.required}
      error={error}
      isGroup={type.isGroup === true}
      wide={wide}
      aside={counted(schema, value)}
    >
      {input}
    </FieldFrame>
  )
})

/** How many of the characters that a text may have are there, where it says so. */
function counted(schema: FieldSchema, value: unknown): string | undefined {
  if (!propOf(schema, 'showCount') || !schema.maxLength) return undefined
  return say('form.characters', { count: [...String(value ?? '')].length, most: schema.maxLength })
}
