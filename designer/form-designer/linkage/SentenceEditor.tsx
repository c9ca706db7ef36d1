import { CloseOutlined, PlusOutlined } from '@ant-design/icons'
import { Button, Select } from 'antd'
import { useState } from 'react'
import type { FieldSchema, FormResources } from '../../../contracts/form-definition.ts'
import { ResultInput } from './ResultInput.tsx'
import { type Condition, OPERATOR_WORDS, type Operator, type Sentence } from './sentence.ts'
import { hasValue, ValueInput } from './ValueInput.tsx'

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

function operatorsOf(field: FieldSchema | undefined): Operator[] {
  if (!field) return ['is', 'is-not', 'filled', 'empty']
  if (['Date', 'DateTime'].includes(field['x-component'])) return ['not-later', 'not-earlier', 'filled', 'empty']
  if (field.type === 'number') return ['is', 'more', 'less', 'filled', 'empty']
  if (field.type === 'boolean') return ['is']
  if (field.enum || field['x-catalog']) return ['is', 'is-not', 'in', 'filled', 'empty']
  if (field.type === 'array') return ['filled', 'empty']
  return ['is', 'is-not', 'filled', 'empty']
}
