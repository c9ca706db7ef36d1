import type { FieldSchema, FormResources } from '../../../contracts/form-definition.ts'
import { dayInWords } from '../../../contracts/form-rules/index.ts'
import { OPERATOR_WORDS, type Results, type Scalar, type Sentence } from './sentence.ts'

/** A value in the words of its field. */
export function valueWords(field: FieldSchema | undefined, value: Scalar | readonly Scalar[] | null, resources: FormResources): string {
  if (Array.isArray(value)) return value.map((each) => valueWords(field, each, resources)).join('、')
  if (value === true) return '是'
  if (value === false) return '否'
  const options = field?.enum ?? (field?.['x-catalog'] ? resources.catalogs[field['x-catalog']] : undefined)
  const option = options?.find((each) => each.value === value)
  if (option) return option.label
  return dayInWords(value) || String(value ?? '')
}

export interface RuleSentenceProps {
  readonly sentence: Sentence
  readonly target: FieldSchema
  readonly targetTitle: string
  readonly fieldAt: (path: string) => { title: string; field: FieldSchema } | undefined
  readonly resources: FormResources
}

/** 当 [隐患等级] 不是 [一般隐患] 时，显示 [判定依据]，并设为必填；否则隐藏并清空。 */
export function RuleSentence({ sentence, target, targetTitle, fieldAt, resources }: RuleSentenceProps) {
  return (
    <>
      {sentence.conditions.map((condition, index) => {
        const read = fieldAt(condition.field)
        return (
          <span className="fd-clause" key={`${condition.field}-${condition.operator}-${String(condition.value)}`}>
            {index === 0 ? '当' : '且'} <b className="fd-tok fd-tok-field">{read?.title ?? condition.field}</b>{' '}
            <b className="fd-tok fd-tok-op">{OPERATOR_WORDS[condition.operator]}</b>{' '}
            {condition.value !== null && <b className="fd-tok fd-tok-value">{valueWords(read?.field, condition.value, resources)}</b>}
            {index === sentence.conditions.length - 1 && ' 时，'}
          </span>
        )
      })}
      <span className="fd-clause fd-then">
        <ResultWords results={sentence.results} title={targetTitle} target={target} resources={resources} />
        {Object.keys(sentence.otherwise).length > 0 ? '；' : '。'}
      </span>
      {Object.keys(sentence.otherwise).length > 0 && (
        <span className="fd-clause fd-then">
          否则 <ResultWords results={sentence.otherwise} target={target} resources={resources} />。
        </span>
      )}
    </>
  )
}

function ResultWords({
  results,
  title,
  target,
  resources,
}: {
  results: Results
  title?: string
  target: FieldSchema
  resources: FormResources
}) {
  const name = title && <b className="fd-tok fd-tok-field">{title}</b>
  const words: React.ReactNode[] = []
  if (results.visible !== undefined)
    words.push(<b className="fd-tok fd-tok-act">{results.visible ? '显示' : title ? '隐藏' : '隐藏并清空'}</b>)
  if (results.required !== undefined) words.push(<b className="fd-tok fd-tok-act">{results.required ? '必填' : '选填'}</b>)
  if (results.readOnly !== undefined) words.push(<b className="fd-tok fd-tok-act">{results.readOnly ? '只读' : '可改'}</b>)
  const value = results.value !== undefined && (
    <>
      <b className="fd-tok fd-tok-act">默认填</b> <b className="fd-tok fd-tok-value">{valueWords(target, results.value, resources)}</b>
    </>
  )
  const [first, ...rest] = words
  return (
    <>
      {first} {name}
      {rest.map((word, index) => (
        // biome-ignore lint/suspicious/noArrayIndexKey: at most three words, in a fixed order
        <span key={index}>，并设为 {word}</span>
      ))}
      {value && (
        <>
          {first ? '，' : ' '}
          {value}
        </>
      )}
    </>
  )
}
