import { LockOutlined, PlusOutlined } from '@ant-design/icons'
import { Button } from 'antd'
import { useState } from 'react'
import type { FieldSchema, Reaction } from '../../../contracts/form-definition.ts'
import { useDesigner } from '../designer-context.ts'
import { titleOf } from '../field-words.ts'
import { findField, listFields } from '../model/form-tree.ts'
import { ExpressionEditor } from './ExpressionEditor.tsx'
import { RuleSentence } from './RuleSentence.tsx'
import { type PlacedRule, pathOf, readableFields, rulesAbout } from './rules-about.ts'
import { SentenceEditor } from './SentenceEditor.tsx'
import { reactionOf, type Sentence, sentenceOf } from './sentence.ts'
import { Trial } from './Trial.tsx'

type Editing = { kind: 'rule'; target: string; index: number } | { kind: 'new'; target: string | null; direction: 'others' | 'it' } | null

/** 联动: what this field does to others, and what others do to it, as sentences. */
export function LinkageTab({ field, name }: { field: FieldSchema; name: string }) {
  const { history, change, resources } = useDesigner()
  const [editing, setEditing] = useState<Editing>(null)
  const { schema } = history.design
  const id = field['x-id']
  const rules = rulesAbout(schema, id)
  const readable = readableFields(schema)
  const fieldAt = (path: string) =>
    readable.find((each) => each.path === path) ?? readable.find((each) => path.startsWith('.') && each.path.endsWith(path))
  const targets = listFields(schema)
    .filter((each) => each.field['x-technical'] !== true && each.field['x-component'] !== 'Steps' && each.field['x-component'] !== 'Grid')
    .map((each) => ({ id: each.field['x-id'], title: titleOf(each.key, each.field), field: each.field }))
  const targetOf = (targetId: string | null) => targets.find((each) => each.id === targetId)
  const isDay = (path: string) => fieldAt(path)?.field['x-component'] === 'DateTime'
  const save = (targetId: string, index: number, sentence: Sentence) => {
    const target = findField(schema, targetId)?.field
    if (!target) return
    const before = target['x-reactions'] ?? []
    const old = before[index]
    const next = reactionOf(
      sentence,
      isDay,
      old ? { ...(old.origin ? { origin: old.origin } : {}), ...(old.basis ? { basis: old.basis } : {}) } : { origin: 'county' },
    )
    change(targetId, { 'x-reactions': old ? before.map((each, at) => (at === index ? next : each)) : [...before, next] })
    setEditing(null)
  }
  const path = pathOf(schema, id) ?? ''
  const fresh = (direction: 'others' | 'it'): Sentence => ({
    conditions: [{ field: direction === 'others' ? path : '', operator: 'is', value: null }],
    results: { visible: true },
    otherwise: { visible: false },
  })
  const list = (title: string, direction: 'others' | 'it', placed: readonly PlacedRule[]) => (
    <section>
      <div className="fd-row">
        <p className="fd-title fd-grow">
          {title} · {placed.length}
        </p>
        {(direction === 'it' || field.type !== 'void') && (
          <Button
            size="small"
            type="link"
            icon={<PlusOutlined />}
            onClick={() => setEditing({ kind: 'new', target: direction === 'it' ? id : null, direction })}
          >
            添加联动
          </Button>
        )}
      </div>
      <ul className="fd-rules">
        {placed.map((rule) => {
          const isActive = editing?.kind === 'rule' && editing.target === rule.target['x-id'] && editing.index === rule.index
          const sentence = sentenceOf(rule.reaction)
          return (
            <li key={`${rule.target['x-id']}-${rule.index}`} data-active={isActive || undefined}>
              {isActive && sentence ? (
                <SentenceEditor
                  sentence={sentence}
                  fields={readable}
                  resources={resources}
                  target={targetOf(rule.target['x-id'])}
                  onDone={(next) => save(rule.target['x-id'], rule.index, next)}
                  onCancel={() => setEditing(null)}
                />
              ) : isActive ? (
                <ExpressionEditor
                  reaction={rule.reaction}
                  onCancel={() => setEditing(null)}
                  onDone={(next) => {
                    change(rule.target['x-id'], {
                      'x-reactions': (rule.target['x-reactions'] ?? []).map((each, at) => (at === rule.index ? next : each)),
                    })
                    setEditing(null)
                  }}
                />
              ) : (
                <RuleCard
                  rule={rule}
                  sentence={sentence}
                  fieldAt={fieldAt}
                  onEdit={() => setEditing({ kind: 'rule', target: rule.target['x-id'], index: rule.index })}
                />
              )}
            </li>
          )
        })}
        {editing?.kind === 'new' && editing.direction === direction && (
          <li data-active>
            <SentenceEditor
              sentence={fresh(direction)}
              fields={readable}
              resources={resources}
              target={targetOf(editing.target)}
              {...(direction === 'others'
                ? { targets: targets.filter((each) => each.id !== id), onTarget: (target: string) => setEditing({ ...editing, target }) }
                : {})}
              onDone={(sentence) => editing.target && save(editing.target, Number.MAX_SAFE_INTEGER, sentence)}
              onCancel={() => setEditing(null)}
            />
          </li>
        )}
      </ul>
    </section>
  )
  return (
    <div className="fd-tab fd-scroll fd-linkage">
      {field.type !== 'void' && list(`${titleOf(name, field)}影响别的字段`, 'others', rules.onOthers)}
      {list(`影响${titleOf(name, field)}的联动`, 'it', rules.onIt)}
      {rules.onOthers.length > 0 && <Trial path={path} field={field} rules={rules.onOthers} />}
    </div>
  )
}

function RuleCard({
  rule,
  sentence,
  fieldAt,
  onEdit,
}: {
  rule: PlacedRule
  sentence: Sentence | undefined
  fieldAt(path: string): { title: string; field: FieldSchema } | undefined
  onEdit(): void
}) {
  const { resources, change } = useDesigner()
  const locked = rule.target['x-lock'] === 'locked' && rule.reaction.origin === 'province'
  const drop = () =>
    change(rule.target['x-id'], {
      'x-reactions': (rule.target['x-reactions'] ?? []).filter((_: Reaction, at: number) => at !== rule.index),
    })
  return (
    <>
      <p className="fd-sentence">
        {sentence ? (
          <RuleSentence
            sentence={sentence}
            target={rule.target}
            targetTitle={titleOf(rule.key, rule.target)}
            fieldAt={fieldAt}
            resources={resources}
          />
        ) : (
          <code>{rule.reaction.when ?? '总是'}</code>
        )}
      </p>
      <div className="fd-row fd-sub">
        {locked ? (
          <span className="fd-chip">
            <LockOutlined /> 省级锁定
          </span>
        ) : rule.reaction.origin === 'province' ? (
          <span className="fd-chip">省级模板</span>
        ) : (
          <span className="fd-chip fd-chip-green">本县</span>
        )}
        <span className="fd-grow fd-ellipsis">{rule.reaction.basis && `依据 ${rule.reaction.basis}`}</span>
        {!locked && (
          <>
            <Button type="link" size="small" onClick={onEdit}>
              修改
            </Button>
            {rule.reaction.origin !== 'province' && (
              <Button type="link" size="small" danger onClick={drop}>
                删除
              </Button>
            )}
          </>
        )}
      </div>
    </>
  )
}
