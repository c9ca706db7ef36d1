import { Button, Input, Select } from 'antd'
import { useState } from 'react'
import { CELLS, type Cell } from '../../../contracts/bpmn-extension.ts'
import { say } from '../words/say.ts'
import { Setting } from './Setting.tsx'
import type { TabProps } from './TabProps.ts'

/** The form of the node and what its people may do with each field. */
export function FormTab({ setting, procedure, onChange }: TabProps) {
  const [field, setField] = useState('')
  if (!setting) return null
  const { permissions } = setting
  const put = (key: string, cell: Cell) => onChange({ ...setting, permissions: { ...permissions, [key]: cell } })

  return (
    <>
      <Setting label={say('form.form')}>
        <Select
          style={{ width: '100%' }}
          showSearch
          optionFilterProp="label"
          allowClear
          placeholder={say('form.none')}
          aria-label={say('form.form')}
          value={setting.form}
          options={procedure.forms.map((form) => ({ value: form.key, label: `${form.code} ${form.title}` }))}
          onChange={(form) => onChange({ ...setting, form })}
        />
      </Setting>
      <Setting label={say('form.cells')} help={say('form.cells-help')}>
        <table className="pd-cells">
          <tbody>
            {Object.entries(permissions).map(([key, cell]) => (
              <tr key={key}>
                <th scope="row">
                  <code>{key}</code>
                </th>
                <td style={{ width: 108 }}>
                  <Select<Cell>
                    size="small"
                    style={{ width: '100%' }}
                    value={cell}
                    aria-label={key}
                    options={CELLS.map((value) => ({ value, label: say(`cell.${value}`) }))}
                    onChange={(value) => put(key, value)}
                  />
                </td>
              </tr>
            ))}
          </tbody>
        </table>
        <div className="pd-row" style={{ marginTop: 8 }}>
          <Input
            size="small"
            value={field}
            placeholder={say('form.field')}
            aria-label={say('form.field')}
            maxLength={80}
            onChange={(event) => setField(event.target.value.trim())}
          />
          <Button
            size="small"
            disabled={!/^[A-Za-z][\w.[\]]*$/.test(field) || field in permissions}
            onClick={() => {
              put(field, 'edit')
              setField('')
            }}
          >
            {say('form.add')}
          </Button>
        </div>
      </Setting>
    </>
  )
}
