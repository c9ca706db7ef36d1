import { Select } from 'antd'
import { useMemo, useState } from 'react'
import type { FormDefinition } from '../../../contracts/form-definition.ts'
import { resolveForm } from '../../../contracts/form-rules/index.ts'
import { FormView } from '../index.ts'
import { samples } from './samples.ts'
import { forms, resources } from './shipped.ts'

/** Every shipped form with sample people, to be looked at without a server: `?form=KEY&mode=read|fill&sample=NAME`. */
export function Gallery() {
  const query = new URLSearchParams(location.search)
  const [key, setKey] = useState(query.get('form') ?? 'hazardRecord')
  const mode = query.get('mode') === 'read' ? 'read' : 'fill'
  const definition = useMemo(() => resolveForm(forms.find((form) => form.key === key) ?? (forms[0] as FormDefinition), resources), [key])
  const sample = samples[query.get('sample') ?? ''] ?? {}
  return (
    <div className="gallery">
      {!query.has('form') && (
        <header>
          <Select
            aria-label="表单"
            value={key}
            onChange={setKey}
            style={{ width: 320 }}
            options={forms.map((form) => ({ value: form.key, label: `${form.code} ${form.title}` }))}
          />
        </header>
      )}
      <FormView
        key={key}
        definition={definition}
        values={sample}
        mode={mode}
        withDefaults
        context={{ now: '2023-11-22T10:52', user: { id: 'p1', kind: 'enterprise', enterpriseId: 'e1' } }}
        sources={{
          options: {
            '@person': [
              { id: 'p1', name: '郭建军', hint: '安全员' },
              { id: 'p2', name: '秦海亮', hint: '采矿班班长' },
            ],
            '@enterprise': [{ id: 'e1', name: '晟源石料有限公司', hint: '周村镇' }],
            '@unit': [{ id: 'u1', name: '泽州县应急管理局' }],
          },
          watermark: ['郭建军', '周村镇　采场'],
        }}
        submitText="提交"
        onSubmit={(values) => {
          document.title = JSON.stringify(values).slice(0, 80)
        }}
        onSaveDraft={() => undefined}
      />
    </div>
  )
}
