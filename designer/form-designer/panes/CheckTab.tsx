import { Input, InputNumber, Select, Switch } from 'antd'
import { type FieldSchema, TEXT_FORMATS } from '../../../contracts/form-definition.ts'
import { useDesigner } from '../designer-context.ts'
import { Setting } from './Setting.tsx'

const FORMAT_WORDS: Record<(typeof TEXT_FORMATS)[number], string> = {
  phone: '电话号码',
  email: '邮箱',
  'credit-code': '统一社会信用代码',
  url: '网址',
  docno: '文号',
}
type Bound = 'minimum' | 'maximum' | 'minLength' | 'maxLength' | 'minItems' | 'maxItems'

/** 校验: required, bounds, format, own demands in words. */
export function CheckTab({ field }: { field: FieldSchema }) {
  const { change } = useDesigner()
  const id = field['x-id']
  const component = field['x-component']
  const written = field['x-server'] === true || field['x-formula'] !== undefined || field['x-decision'] === true
  const statutory = field['x-lock'] !== undefined && field['x-lock'] !== 'open' && field.required === true
  const bound = (key: Bound, title: string) => (
    <Setting title={title} key={key}>
      <InputNumber value={field[key] ?? null} onChange={(value) => change(id, { [key]: value ?? undefined } as Partial<FieldSchema>)} />
    </Setting>
  )
  if (written)
    return <p className="fd-tab fd-sub">{field['x-decision'] ? '由办理人的结论和签字写入，填表时不出现。' : '由系统写入，不需要校验。'}</p>
  return (
    <div className="fd-tab fd-scroll">
      {typeof field.required === 'string' ? (
        <Setting title="必填条件" note="由表达式决定；流程节点也可以要求必填">
          <Input.TextArea
            className="fd-mono"
            autoSize
            value={field.required}
            disabled={field['x-lock'] === 'locked'}
            onChange={(event) => change(id, { required: event.target.value })}
          />
        </Setting>
      ) : (
        <Setting title="必填" note={statutory ? '法定必填，不能改成选填' : undefined}>
          <Switch
            checked={field.required === true}
            disabled={statutory}
            onChange={(value) => change(id, { required: value ? true : undefined } as Partial<FieldSchema>)}
          />
        </Setting>
      )}
      {(component === 'Text' || component === 'TextArea') && (
        <>
          {bound('minLength', '最少字数')}
          {bound('maxLength', '最多字数')}
        </>
      )}
      {component === 'Text' && (
        <Setting title="格式">
          <Select
            allowClear
            placeholder="不限"
            value={field.format ?? null}
            options={TEXT_FORMATS.map((value) => ({ value, label: FORMAT_WORDS[value] }))}
            onChange={(value) => change(id, { format: value ?? undefined } as Partial<FieldSchema>)}
          />
        </Setting>
      )}
      {(component === 'Number' || component === 'Money') && (
        <>
          {bound('minimum', '最小值')}
          {bound('maximum', '最大值')}
        </>
      )}
      {field.type === 'array' && (
        <>
          {bound('minItems', '最少数量')}
          {bound('maxItems', '最多数量')}
        </>
      )}
      {(field['x-rules'] ?? []).map((rule) => (
        <div className="fd-rule" key={rule.assert}>
          <p>{rule.message}</p>
          <code>{rule.assert}</code>
        </div>
      ))}
    </div>
  )
}
