import { Tabs } from 'antd'
import { useState } from 'react'
import { useDesigner } from '../designer-context.ts'
import { FIELD_ICONS } from '../field-icons.tsx'
import { kindOf, lockWords, titleOf } from '../field-words.ts'
import { LinkageTab } from '../linkage/LinkageTab.tsx'
import { rulesAbout } from '../linkage/rules-about.ts'
import { findField } from '../model/form-tree.ts'
import { BasicTab } from './BasicTab.tsx'
import { CheckTab } from './CheckTab.tsx'
import { FormSettings } from './FormSettings.tsx'
import { PermissionTab } from './PermissionTab.tsx'

/** Settings of the selected field; of the form when none is. */
export function Inspector() {
  const { history } = useDesigner()
  const [tab, setTab] = useState('basic')
  const found = history.selected ? findField(history.design.schema, history.selected) : undefined
  if (!found)
    return (
      <aside className="fd-side fd-inspector" aria-label="表单设置">
        <FormSettings />
      </aside>
    )
  const { key, field } = found
  const Icon = FIELD_ICONS[field['x-component']]
  const rules = rulesAbout(history.design.schema, field['x-id'])
  const count = rules.onOthers.length + rules.onIt.length
  const lock = lockWords(field)
  return (
    <aside className="fd-side fd-inspector" aria-label="字段设置">
      <div className="fd-insp-head">
        <div className="fd-row">
          <Icon className="fd-blue" />
          <b>{titleOf(key, field)}</b>
          {lock && <span className="fd-chip">{lock}</span>}
        </div>
        <div className="fd-row fd-sub">
          {field.type !== 'void' && <code>{key}</code>}
          <span>{kindOf(field)}</span>
        </div>
      </div>
      <Tabs
        size="small"
        activeKey={tab}
        onChange={setTab}
        items={[
          { key: 'basic', label: '基本', children: <BasicTab key={field['x-id']} name={key} field={field} /> },
          ...(field.type === 'void' ? [] : [{ key: 'check', label: '校验', children: <CheckTab key={field['x-id']} field={field} /> }]),
          {
            key: 'linkage',
            label: count > 0 ? `联动 ${count}` : '联动',
            children: <LinkageTab key={field['x-id']} field={field} name={key} />,
          },
          ...(field.type === 'void' ? [] : [{ key: 'permission', label: '权限', children: <PermissionTab field={field} /> }]),
        ]}
      />
    </aside>
  )
}
