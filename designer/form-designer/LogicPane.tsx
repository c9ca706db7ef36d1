import { Button } from 'antd'
import { useDesigner } from './designer-context.ts'
import { titleOf } from './field-words.ts'
import { RuleSentence } from './linkage/RuleSentence.tsx'
import { allRules, readableFields } from './linkage/rules-about.ts'
import { sentenceOf } from './linkage/sentence.ts'

/** 逻辑: every linkage and formula of the form as sentences, each leading to its field. */
export function LogicPane({ onChoose }: { onChoose(id: string): void }) {
  const { history, resources } = useDesigner()
  const { schema } = history.design
  const rules = allRules(schema)
  const readable = readableFields(schema)
  const fieldAt = (path: string) =>
    readable.find((each) => each.path === path) ?? readable.find((each) => path.startsWith('.') && each.path.endsWith(path))
  return (
    <div className="fd-logic fd-scroll">
      <h2>全部联动 · {rules.length}</h2>
      <ul className="fd-rules">
        {rules.map((rule) => {
          const sentence = sentenceOf(rule.reaction)
          return (
            <li key={`${rule.target['x-id']}-${rule.index}`}>
              <p className="fd-sentence">
                {sentence && sentence.conditions.length > 0 ? (
                  <RuleSentence
                    sentence={sentence}
                    target={rule.target}
                    targetTitle={titleOf(rule.key, rule.target)}
                    fieldAt={fieldAt}
                    resources={resources}
                  />
                ) : (
                  <>
                    <b className="fd-tok fd-tok-field">{titleOf(rule.key, rule.target)}</b> <code>{rule.reaction.when ?? '总是'}</code>
                  </>
                )}
              </p>
              <div className="fd-row fd-sub">
                {rule.reaction.origin === 'province' ? (
                  <span className="fd-chip">省级模板</span>
                ) : (
                  <span className="fd-chip fd-chip-green">本县</span>
                )}
                <span className="fd-grow fd-ellipsis">{rule.reaction.basis && `依据 ${rule.reaction.basis}`}</span>
                <Button type="link" size="small" onClick={() => onChoose(rule.target['x-id'])}>
                  看这个字段
                </Button>
              </div>
            </li>
          )
        })}
      </ul>
      {rules.length === 0 && <p className="fd-empty">还没有联动。选一个字段，在右侧“联动”里添加。</p>}
    </div>
  )
}
