import { Select } from 'antd'
import { useState } from 'react'
import type { FieldSchema } from '../../../contracts/form-definition.ts'
import { dayInWords, fieldStates, resolveForm, type Values, writePath } from '../../../contracts/form-rules/index.ts'
import { useDesigner } from '../designer-context.ts'
import { titleOf } from '../field-words.ts'
import { valueWords } from './RuleSentence.tsx'
import { type PlacedRule, pathOf, readableFields } from './rules-about.ts'

/** 试算: a value in, what becomes of each field out. */
export function Trial({ path, field, rules }: { path: string; field: FieldSchema; rules: readonly PlacedRule[] }) {
  const { history, resources } = useDesigner()
  const readable = readableFields(history.design.schema)
  const others = [...new Set(rules.flatMap((rule) => rule.reaction.dependencies ?? []))].filter((each) => each !== path)
  const inputs = [path, ...others].flatMap((each) => {
    const known = readable.find((candidate) => candidate.path === each)
    return known ? [known] : []
  })
  const [values, setValues] = useState<Record<string, unknown>>({})
  const filled: Values = {}
  for (const input of inputs) writePath(filled, input.path.split('.'), values[input.path] ?? sampleOf(input.field))
  const resolved = resolveForm({ schema: history.design.schema }, resources)
  const states = fieldStates(resolved.schema, filled, { '*': 'edit' }, { now: '2023-11-20T09:00', user: { kind: 'enterprise' } })
  const seen = [...new Map(rules.map((rule) => [rule.target['x-id'], rule])).values()]
  return (
    <section className="fd-trial" aria-label="试算">
      <div className="fd-row">
        <p className="fd-title fd-grow">试算</p>
        {inputs.map((input) => {
          const options = optionsOf(input.field, resources.catalogs)
          return options.length > 0 ? (
            <Select
              key={input.path}
              size="small"
              aria-label={`${input.title}取值`}
              popupMatchSelectWidth={false}
              value={String(values[input.path] ?? sampleOf(input.field) ?? '')}
              options={options.map((option) => ({ value: String(option.value), label: option.label }))}
              onChange={(next) => setValues({ ...values, [input.path]: options.find((option) => String(option.value) === next)?.value })}
            />
          ) : null
        })}
      </div>
      <dl>
        {seen.map((rule) => {
          const state = states.find((each) => each.node.schema['x-id'] === rule.target['x-id'])
          const words = !state?.visible
            ? '隐藏'
            : ['显示', ...(state.required ? ['必填'] : []), ...(state.readOnly ? ['只读'] : [])].join(' · ')
          const proposal =
            state?.visible && state.proposal !== undefined
              ? dayInWords(state.proposal) || valueWords(rule.target, state.proposal as string, resources)
              : undefined
          return (
            <div key={rule.target['x-id']}>
              <dt>{titleOf(rule.key, rule.target)}</dt>
              <dd data-shown={state?.visible || undefined}>{proposal ? `默认填 ${proposal}` : words}</dd>
            </div>
          )
        })}
      </dl>
      {pathOf(history.design.schema, field['x-id']) === undefined && <p className="fd-sub">这个字段已经不在表单里。</p>}
    </section>
  )
}

function optionsOf(
  field: FieldSchema,
  catalogs: Readonly<Record<string, readonly { label: string; value: string | number | boolean }[]>>,
): { label: string; value: string | number | boolean }[] {
  if (field.type === 'boolean')
    return [
      { label: '是', value: true },
      { label: '否', value: false },
    ]
  return [...(field.enum ?? catalogs[field['x-catalog'] ?? ''] ?? [])]
}

function sampleOf(field: FieldSchema): unknown {
  if (field.type === 'boolean') return true
  if (field['x-component'] === 'DateTime') return '2023-11-20T09:00'
  if (field['x-component'] === 'Date') return '2023-11-20'
  if (field.type === 'number') return 1
  return (
    field.enum?.find((option) => option.value === 'SUSPECTED_MAJOR')?.value ??
    field.enum?.[0]?.value ??
    (field.type === 'string' && !field['x-catalog'] ? '例' : undefined)
  )
}
