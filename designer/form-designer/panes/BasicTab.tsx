import { Input, InputNumber, Select, Switch } from 'antd'
import type { FieldSchema } from '../../../contracts/form-definition.ts'
import { FIELD_TYPES_UI } from '../../form-runtime/index.ts'
import { useDesigner } from '../designer-context.ts'
import { changeField } from '../model/commands.ts'
import { findField, listFields } from '../model/form-tree.ts'
import { isOwn } from '../model/new-field.ts'
import { OptionsSetting } from './OptionsSetting.tsx'
import { Setting } from './Setting.tsx'

const HAS_PLACEHOLDER = ['Text', 'TextArea', 'Number', 'Select', 'Person', 'Unit', 'Enterprise']

/** 基本: title, key, help, default look. */
export function BasicTab({ name, field }: { name: string; field: FieldSchema }) {
  const { change, history, dispatch, published, resources } = useDesigner()
  const id = field['x-id']
  const props = field['x-component-props'] ?? {}
  const setProp = (key: string, value: unknown) => {
    const next = Object.fromEntries(Object.entries({ ...props, [key]: value }).filter(([, each]) => each !== undefined && each !== ''))
    change(id, { 'x-component-props': Object.keys(next).length > 0 ? next : undefined } as Partial<FieldSchema>)
  }
  const isPublished = findField(published, id) !== undefined
  const keys = new Set(listFields(history.design.schema).map((each) => each.key))
  const setKey = (next: string) => {
    if (!/^[a-z][A-Za-z0-9]{0,39}$/.test(next) || (keys.has(next) && next !== name)) return
    const command = changeField(history.design, id, {}, next)
    if (command) dispatch({ kind: 'do', command })
  }
  const component = field['x-component']
  return (
    <div className="fd-tab fd-scroll">
      {component !== 'Grid' && component !== 'Steps' && component !== 'Note' && (
        <Setting title="标题">
          <Input value={field.title ?? ''} maxLength={60} onChange={(event) => change(id, { title: event.target.value })} />
        </Setting>
      )}
      {field.type !== 'void' && (
        <Setting
          title="字段名"
          note={isPublished ? '已经发布的字段名不能改，报表和流程按它取数' : '英文字母和数字，以小写字母开头；发布后不能改'}
        >
          <Input
            key={name}
            defaultValue={name}
            disabled={isPublished}
            className="fd-mono"
            onBlur={(event) => setKey(event.target.value.trim())}
            onPressEnter={(event) => setKey(event.currentTarget.value.trim())}
          />
        </Setting>
      )}
      {component !== 'Grid' && component !== 'Steps' && (
        <Setting title={component === 'Note' ? '内容' : '说明'}>
          <Input.TextArea
            value={field.description ?? ''}
            maxLength={300}
            autoSize={{ minRows: 2 }}
            placeholder="写在标题下面，告诉填表人怎么填"
            onChange={(event) =>
              change(id, { description: event.target.value === '' ? undefined : event.target.value } as Partial<FieldSchema>)
            }
          />
        </Setting>
      )}
      {HAS_PLACEHOLDER.includes(component) && (
        <Setting title="提示文字">
          <Input
            value={String(props['placeholder'] ?? '')}
            maxLength={100}
            onChange={(event) => setProp('placeholder', event.target.value)}
          />
        </Setting>
      )}
      {(component === 'Radio' || component === 'Select') && !field['x-catalog'] && <OptionsSetting field={field} />}
      {field['x-catalog'] && (
        <Setting title="选项表" note={`${resources.catalogs[field['x-catalog']]?.length ?? 0} 个选项，按全县统一的选项表`}>
          <Input value={field['x-catalog']} disabled className="fd-mono" />
        </Setting>
      )}
      {component === 'Number' && (
        <Setting title="小数位数">
          <InputNumber
            min={0}
            max={6}
            value={Number(props['precision'] ?? 0)}
            onChange={(value) => setProp('precision', value ?? undefined)}
          />
        </Setting>
      )}
      {(component === 'Number' || component === 'Money' || component === 'Calculated') && (
        <Setting title="单位">
          <Input
            value={field['x-unit'] ?? ''}
            maxLength={10}
            onChange={(event) =>
              change(id, { 'x-unit': event.target.value === '' ? undefined : event.target.value } as Partial<FieldSchema>)
            }
          />
        </Setting>
      )}
      {component === 'Calculated' && !field['x-server'] && (
        <Setting title="算法" note="例：{{sum($values.five.measures, 'days')}}；由服务器计算，填表人不能改">
          <Input.TextArea
            className="fd-mono"
            value={field['x-formula'] ?? ''}
            autoSize={{ minRows: 2 }}
            onChange={(event) => change(id, { 'x-formula': event.target.value })}
          />
        </Setting>
      )}
      {(component === 'Person' || component === 'Unit') && (
        <Setting title="从哪里选">
          <Select
            value={String(props['of'] ?? 'county')}
            options={[
              { value: 'enterprise', label: '本企业' },
              { value: 'county', label: '全县' },
              { value: 'town', label: '本镇' },
            ]}
            onChange={(value) => setProp('of', value)}
          />
        </Setting>
      )}
      {component === 'Photo' && (
        <Setting title="只能现场拍，不能从相册选">
          <Switch checked={props['cameraOnly'] === true} onChange={(value) => setProp('cameraOnly', value || undefined)} />
        </Setting>
      )}
      {component === 'Grid' && (
        <Setting title="列数">
          <InputNumber min={1} max={3} value={Number(props['columns'] ?? 2)} onChange={(value) => setProp('columns', value ?? 2)} />
        </Setting>
      )}
      {field.type !== 'void' && (
        <Setting title="占满一行">
          <Switch
            checked={(field['x-span'] ?? (FIELD_TYPES_UI[component].wide ? 2 : 1)) === 2}
            onChange={(value) => change(id, { 'x-span': value ? 2 : 1 })}
          />
        </Setting>
      )}
      {field['x-basis'] && <p className="fd-sub">依据：{field['x-basis']}</p>}
      {!isOwn(field) && (
        <p className="fd-sub">
          这是省级模板的字段。
          {field['x-lock'] === 'locked'
            ? '法定内容已锁定。'
            : field['x-lock'] === 'tighten'
              ? '只能改得更严，不能放宽。'
              : '本县可以调整。'}
        </p>
      )}
    </div>
  )
}
