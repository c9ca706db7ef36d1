import { ArrowDownOutlined, ArrowUpOutlined, DeleteOutlined, PlusOutlined } from '@ant-design/icons'
import { Button, Input } from 'antd'
import type { FieldOption, FieldSchema } from '../../../contracts/form-definition.ts'
import { useDesigner } from '../designer-context.ts'
import { findField } from '../model/form-tree.ts'

/** Options of a choice: words may change; the value of a published option stays, because records hold it. */
export function OptionsSetting({ field }: { field: FieldSchema }) {
  const { change, published } = useDesigner()
  const options = field.enum ?? []
  const used = new Set(findField(published, field['x-id'])?.field.enum?.map((option) => option.value) ?? [])
  const set = (next: FieldOption[]) => change(field['x-id'], { enum: next })
  const locked = field['x-lock'] === 'locked'
  const mayAdd = (field['x-lock'] ?? 'open') === 'open'
  const freeValue = () => {
    for (let number = options.length + 1; ; number++)
      if (!options.some((option) => option.value === `OPTION${number}`)) return `OPTION${number}`
  }
  return (
    <div className="fd-setting">
      <span>选项</span>
      <ul className="fd-options">
        {options.map((option, index) => (
          <li key={String(option.value)}>
            <Input
              value={option.label}
              aria-label={`选项 ${index + 1}`}
              maxLength={60}
              onChange={(event) => set(options.map((each, at) => (at === index ? { ...each, label: event.target.value } : each)))}
            />
            <Button
              type="text"
              size="small"
              icon={<ArrowUpOutlined />}
              disabled={index === 0}
              aria-label={`${option.label} 上移`}
              onClick={() => set(swapped(options, index, index - 1))}
            />
            <Button
              type="text"
              size="small"
              icon={<ArrowDownOutlined />}
              disabled={index === options.length - 1}
              aria-label={`${option.label} 下移`}
              onClick={() => set(swapped(options, index, index + 1))}
            />
            <Button
              type="text"
              size="small"
              icon={<DeleteOutlined />}
              disabled={locked || options.length === 1}
              title={used.has(option.value) ? '已有记录可能用了这个选项，删掉后旧记录仍显示原来的内容' : undefined}
              aria-label={`删除 ${option.label}`}
              onClick={() => set(options.filter((_, at) => at !== index))}
            />
          </li>
        ))}
      </ul>
      <Button
        size="small"
        icon={<PlusOutlined />}
        disabled={!mayAdd}
        onClick={() => set([...options, { label: `选项 ${options.length + 1}`, value: freeValue() }])}
      >
        添加选项
      </Button>
      {!mayAdd && <small>{locked ? '选项由省级锁定' : '只能减少选项，不能增加'}</small>}
    </div>
  )
}

function swapped(options: readonly FieldOption[], a: number, b: number): FieldOption[] {
  const next = [...options]
  const [first, second] = [next[a], next[b]]
  if (first && second) {
    next[a] = second
    next[b] = first
  }
  return next
}
