import { CloseOutlined, PlusOutlined } from '@ant-design/icons'
import { Button, DatePicker, Input, InputNumber, Select } from 'antd'
import dayjs from 'dayjs'
import { useState } from 'react'
import type { FieldSchema, FormResources } from '../../../contracts/form-definition.ts'
import { type Condition, OPERATOR_WORDS, type Operator, type Results, type Scalar, type Sentence } from './sentence.ts'

export interface SentenceEditorProps {
  readonly sentence: Sentence
  readonly fields: readonly { path: string; title: string; field: FieldSchema }[]
  readonly resources: FormResources
  /** Fields that the sentence may act on; absent: the target is fixed. */
  readonly targets?: readonly { id: string; title: string; field: FieldSchema }[]
  readonly target: { id: string; title: string; field: FieldSchema } | undefined
  onTarget?(id: string): void
  onDone(sentence: Sentence): void
  onCancel(): void
}

/** The sentence builder: every token is a list to choose from; nothing has to be typed but values. */
export function SentenceEditor({ sentence, fields, resources, targets, target, onTarget, onDone, onCancel }: SentenceEditorProps) {
  const [draft, setDraft] = useState(sentence)
  const [withElse, setWithElse] = useState(Object.keys(sentence.otherwise).length > 0)
  const fieldAt = (path: string) => fields.find((each) => each.path === path)?.field
  const setCondition = (index: number, change: Partial<Condition>) =>
    setDraft({ ...draft, conditions: draft.conditions.map((each, at) => (at === index ? { ...each, ...change } : each)) })
  const ready =
    target !== undefined &&
    draft.conditions.length > 0 &&
    draft.conditions.every(
      (each) => each.field !== '' && (each.operator === 'filled' || each.operator === 'empty' || hasValue(each.value)),
    ) &&
    Object.keys(draft.results).length > 0
  return (
    <div className="fd-builder">
      {draft.conditions.map((condition, index) => {
        const field = fieldAt(condition.field)
        return (
          // biome-ignore lint/suspicious/noArrayIndexKey: conditions are told apart by their place only
          <div className="fd-builder-row" key={index}>
            <span>{index === 0 ? '当' : '且'}</span>
            <Select
              size="small"
              className="fd-tok-select fd-tok-field"
              aria-label={`条件 ${index + 1} 的字段`}
              placeholder="字段"
              value={condition.field || null}
              showSearch={{ optionFilterProp: 'label' }}
              popupMatchSelectWidth={false}
              options={fields.map((each) => ({ value: each.path, label: each.title }))}
              onChange={(path) => setCondition(index, { field: path ?? '', operator: 'is', value: null })}
            />
            <Select
              size="small"
              className="fd-tok-select"
              aria-label={`条件 ${index + 1} 的比较`}
              value={condition.operator}
              popupMatchSelectWidth={false}
              options={operatorsOf(field).map((value) => ({ value, label: OPERATOR_WORDS[value] }))}
              onChange={(operator) => setCondition(index, { operator, value: operator === 'in' ? [] : null })}
            />
            {condition.operator !== 'filled' && condition.operator !== 'empty' && (
              <ValueInput
                field={field}
                operator={condition.operator}
                value={condition.value}
                resources={resources}
                label={`条件 ${index + 1} 的值`}
                onChange={(value) => setCondition(index, { value })}
              />
            )}
            {draft.conditions.length > 1 && (
              <Button
                type="text"
                size="small"
                icon={<CloseOutlined />}
                aria-label={`去掉条件 ${index + 1}`}
                onClick={() => setDraft({ ...draft, conditions: draft.conditions.filter((_, at) => at !== index) })}
              />
            )}
          </div>
        )
      })}
      <Button
        type="link"
        size="small"
        icon={<PlusOutlined />}
        onClick={() => setDraft({ ...draft, conditions: [...draft.conditions, { field: '', operator: 'is', value: null }] })}
      >
        条件
      </Button>
      <div className="fd-builder-row">
        <span>则</span>
        {targets ? (
          <Select
            size="small"
            className="fd-tok-select fd-tok-field"
            aria-label="作用的字段"
            placeholder="字段"
            value={target?.id ?? null}
            showSearch={{ optionFilterProp: 'label' }}
            popupMatchSelectWidth={false}
            options={targets.map((each) => ({ value: each.id, label: each.title }))}
            onChange={(id) => id && onTarget?.(id)}
          />
        ) : (
          <b className="fd-tok fd-tok-field">{target?.title}</b>
        )}
        <ResultInput
          results={draft.results}
          target={target?.field}
          resources={resources}
          label="结果"
          onChange={(results) => setDraft({ ...draft, results })}
        />
      </div>
      {withElse ? (
        <div className="fd-builder-row">
          <span>否则</span>
          <ResultInput
            results={draft.otherwise}
            target={target?.field}
            resources={resources}
            label="否则的结果"
            onChange={(otherwise) => setDraft({ ...draft, otherwise })}
          />
          <Button
            type="text"
            size="small"
            icon={<CloseOutlined />}
            aria-label="去掉否则"
            onClick={() => {
              setWithElse(false)
              setDraft({ ...draft, otherwise: {} })
            }}
          />
        </div>
      ) : (
        <Button
          type="link"
          size="small"
          icon={<PlusOutlined />}
          onClick={() => {
            setWithElse(true)
            setDraft({ ...draft, otherwise: draft.results.visible !== undefined ? { visible: !draft.results.visible } : {} })
          }}
        >
          否则
        </Button>
      )}
      <div className="fd-builder-foot">
        <span className="fd-chip fd-chip-green">本县</span>
        <span className="fd-grow" />
        <Button size="small" onClick={onCancel}>
          取消
        </Button>
        <Button size="small" type="primary" disabled={!ready} onClick={() => onDone(draft)}>
          完成
        </Button>
      </div>
    </div>
  )
}

function hasValue(value: Condition['value']): boolean {
  return value !== null && value !== '' && (!Array.isArray(value) || value.length > 0)
}

function operatorsOf(field: FieldSchema | undefined): Operator[] {
  if (!field) return ['is', 'is-not', 'filled', 'empty']
  if (['Date', 'DateTime'].includes(field['x-component'])) return ['not-later', 'not-earlier', 'filled', 'empty']
  if (field.type === 'number') return ['is', 'more', 'less', 'filled', 'empty']
  if (field.type === 'boolean') return ['is']
  if (field.enum || field['x-catalog']) return ['is', 'is-not', 'in', 'filled', 'empty']
  if (field.type === 'array') return ['filled', 'empty']
  return ['is', 'is-not', 'filled', 'empty']
}

function ValueInput({
  field,
  operator,
  value,
  resources,
  label,
  onChange,
}: {
  field: FieldSchema | undefined
  operator: Operator
  value: Condition['value']
  resources: FormResources
  label: string
  onChange(value: Condition['value']): void
}) {
  const options = field?.enum ?? (field?.['x-catalog'] ? resources.catalogs[field['x-catalog']] : undefined)
  if (field?.type === 'boolean')
    return (
      <Select
        size="small"
        className="fd-tok-select"
        aria-label={label}
        value={typeof value === 'boolean' ? String(value) : null}
        placeholder="值"
        options={[
          { value: 'true', label: '是' },
          { value: 'false', label: '否' },
        ]}
        onChange={(next) => onChange(next === 'true')}
      />
    )
  if (options) {
    const list = options.map((option) => ({ value: option.value as string | number, label: option.label }))
    if (operator === 'in')
      return (
        <Select
          size="small"
          mode="multiple"
          className="fd-tok-select fd-tok-wide"
          aria-label={label}
          placeholder="值"
          popupMatchSelectWidth={false}
          value={(Array.isArray(value) ? value : []) as (string | number)[]}
          options={list}
          onChange={(next) => onChange(next as Scalar[])}
        />
      )
    return (
      <Select
        size="small"
        className="fd-tok-select"
        aria-label={label}
        placeholder="值"
        popupMatchSelectWidth={false}
        value={(value as string | number | null) ?? null}
        options={list}
        onChange={(next) => onChange((next as Scalar | null) ?? null)}
      />
    )
  }
  if (field && ['Date', 'DateTime'].includes(field['x-component']))
    return (
      <DatePicker
        size="small"
        aria-label={label}
        format="YYYY年M月D日"
        value={typeof value === 'string' && value !== '' ? dayjs(value) : null}
        onChange={(next) => onChange(next ? next.format('YYYY-MM-DD') : null)}
      />
    )
  if (field?.type === 'number')
    return (
      <InputNumber
        size="small"
        aria-label={label}
        value={typeof value === 'number' ? value : null}
        onChange={(next) => onChange(next ?? null)}
      />
    )
  return (
    <Input
      size="small"
      className="fd-tok-text"
      aria-label={label}
      placeholder="值"
      value={typeof value === 'string' ? value : ''}
      onChange={(event) => onChange(event.target.value)}
    />
  )
}

const ACTIONS = [
  ['show', '显示', { visible: true }],
  ['show-required', '显示并必填', { visible: true, required: true }],
  ['hide', '隐藏并清空', { visible: false }],
  ['required', '必填', { required: true }],
  ['optional', '选填', { required: false }],
  ['readOnly', '只读', { readOnly: true }],
  ['editable', '可改', { readOnly: false }],
  ['value', '默认填', {}],
] as const

function ResultInput({
  results,
  target,
  resources,
  label,
  onChange,
}: {
  results: Results
  target: FieldSchema | undefined
  resources: FormResources
  label: string
  onChange(results: Results): void
}) {
  const current =
    results.value !== undefined ? 'value' : (ACTIONS.find(([, , each]) => JSON.stringify(each) === JSON.stringify(results))?.[0] ?? null)
  const [choosingValue, setChoosingValue] = useState(results.value !== undefined)
  return (
    <>
      <Select
        size="small"
        className="fd-tok-select fd-tok-act"
        aria-label={label}
        placeholder="做什么"
        popupMatchSelectWidth={false}
        value={choosingValue ? 'value' : current}
        options={ACTIONS.filter(([key]) => key !== 'value' || target?.type !== 'void').map(([value, text]) => ({ value, label: text }))}
        onChange={(key) => {
          const action = ACTIONS.find(([each]) => each === key)
          setChoosingValue(key === 'value')
          onChange(key === 'value' ? {} : { ...(action?.[2] ?? {}) })
        }}
      />
      {choosingValue && (
        <ValueInput
          field={target}
          operator="is"
          value={results.value ?? null}
          resources={resources}
          label={`${label}的值`}
          onChange={(value) => onChange(hasValue(value) ? { value: value as Scalar } : {})}
        />
      )}
    </>
  )
}
