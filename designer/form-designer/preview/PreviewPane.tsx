import { DesktopOutlined, MobileOutlined } from '@ant-design/icons'
import { Button, Select } from 'antd'
import { useEffect, useMemo, useRef, useState } from 'react'
import type { FormResources, FormSchema } from '../../../contracts/form-definition.ts'
import { type FieldState, isLayout, isServerWritten, resolveForm, type Values } from '../../../contracts/form-rules/index.ts'
import { type FormHandle, type FormSources, FormView, openFormModel } from '../../form-runtime/index.ts'

export interface PreviewPaneProps {
  readonly formKey: string
  readonly title: string
  readonly schema: FormSchema
  readonly resources: FormResources
}

const PEOPLE = {
  enterprise: { label: '企业人员', user: { id: 'p1', kind: 'enterprise', enterpriseId: 'e1' } },
  official: { label: '县局、乡镇人员', user: { id: 'p2', kind: 'official' } },
} as const
const SOURCES: FormSources = {
  options: {
    '@person': [
      { id: 'p1', name: '样例：李慧', hint: '安全员' },
      { id: 'p2', name: '样例：郭建平', hint: '班长' },
    ],
    '@enterprise': [{ id: 'e1', name: '样例企业', hint: '周村镇' }],
    '@unit': [{ id: 'u1', name: '样例单位' }],
  },
}

/** Desktop and phone side by side: the real runtime, one state. Nothing is kept. */
export function PreviewPane({ formKey, title, schema, resources }: PreviewPaneProps) {
  const [who, setWho] = useState<keyof typeof PEOPLE>('enterprise')
  const [round, setRound] = useState(0)
  const [tried, setTried] = useState<number | null>(null)
  const handle = useRef<FormHandle>(null)
  const resolved = useMemo(() => resolveForm({ schema }, resources).schema, [schema, resources])
  // biome-ignore lint/correctness/useExhaustiveDependencies: `round` begins the preview anew
  const model = useMemo(
    () => openFormModel({ schema: resolved, values: {} as Values, context: { user: { ...PEOPLE[who].user }, node: { id: 'preview' } } }),
    [resolved, who, round],
  )
  const [states, setStates] = useState<readonly FieldState[]>([])
  useEffect(() => {
    if (!model) return undefined
    const read = () => setStates(model.states())
    read()
    return model.subscribe(read)
  }, [model])
  const definition = useMemo(() => ({ key: formKey, title, schema: resolved }), [formKey, title, resolved])
  const fields = states.filter(
    (state) =>
      !isLayout(state.node.schema) &&
      state.node.row === undefined &&
      !state.node.schema['x-technical'] &&
      state.node.schema.type !== 'object',
  )
  const hidden = fields.filter(
    (state) => !state.visible || ((state.fixed || state.node.schema['x-decision'] === true) && isServerWritten(state.node.schema)),
  )
  const count = (test: (state: FieldState) => boolean) => fields.filter((state) => !hidden.includes(state) && test(state)).length
  if (!model) return <p className="fd-empty">表单里有不允许的内容，先按检查结果改好再预览。</p>
  return (
    <div className="fd-preview">
      <div className="fd-preview-bar">
        <span className="fd-row">
          看的人
          <Select
            aria-label="看的人"
            value={who}
            options={Object.entries(PEOPLE).map(([value, { label }]) => ({ value, label }))}
            onChange={(value) => setWho(value as keyof typeof PEOPLE)}
            style={{ width: 160 }}
          />
        </span>
        <Button onClick={() => setRound(round + 1)}>清空重来</Button>
        <span className="fd-sub">只是预览，不会留下数据</span>
      </div>
      <div className="fd-stage">
        <section className="fd-desk" aria-label="电脑">
          <p className="fd-cap">
            <DesktopOutlined /> 电脑
          </p>
          <div className="fd-window fd-scroll">
            <header>{title}</header>
            <div className="fd-window-body">
              <FormView
                key={`desk-${who}-${round}`}
                handle={handle}
                definition={definition}
                values={{}}
                mode="fill"
                layout="desktop"
                model={model}
                sources={SOURCES}
              />
            </div>
          </div>
        </section>
        <section className="fd-phone" aria-label="手机">
          <p className="fd-cap">
            <MobileOutlined /> 手机 <span className="fd-sub">390 宽</span>
          </p>
          <div className="fd-phone-frame">
            <header>{title}</header>
            <div className="fd-scroll fd-phone-body">
              <FormView
                key={`phone-${who}-${round}`}
                definition={definition}
                values={{}}
                mode="fill"
                layout="phone"
                model={model}
                sources={SOURCES}
                submitText="提交"
                onSubmit={() => setTried(0)}
              />
            </div>
          </div>
        </section>
        <aside className="fd-explain" aria-label="说明">
          <section>
            <p className="fd-title">{PEOPLE[who].label}在开始时看到</p>
            <dl className="fd-counts">
              <div>
                <dt data-cell="required">必填</dt>
                <dd>{count((state) => state.required)}</dd>
              </div>
              <div>
                <dt data-cell="edit">可编辑</dt>
                <dd>{count((state) => !state.required && !state.readOnly)}</dd>
              </div>
              <div>
                <dt data-cell="read">只读</dt>
                <dd>{count((state) => state.readOnly)}</dd>
              </div>
              <div>
                <dt data-cell="hidden">看不到</dt>
                <dd>{hidden.length}</dd>
              </div>
            </dl>
          </section>
          <section>
            <p className="fd-title">为什么看不到</p>
            <ul className="fd-why">
              {hidden
                .filter((state) => !isServerWritten(state.node.schema) && !state.node.schema['x-decision'])
                .map((state) => (
                  <li key={state.node.template}>
                    <b>{state.title}</b>
                    <span>联动：条件还没有满足</span>
                  </li>
                ))}
              {[
                ['由系统填写', hidden.filter((state) => isServerWritten(state.node.schema))],
                ['办理时由结论和签字写入', hidden.filter((state) => state.node.schema['x-decision'] === true)],
              ].map(([why, list]) =>
                (list as FieldState[]).length > 0 ? (
                  <li key={why as string}>
                    <b>{(list as FieldState[]).map((state) => state.title).join('、')}</b>
                    <span>{why as string}</span>
                  </li>
                ) : null,
              )}
            </ul>
          </section>
          <section>
            <p className="fd-title">试提交</p>
            {tried !== null && (
              <p className={tried === 0 ? 'fd-green' : 'fd-amber'}>{tried === 0 ? '可以提交' : `不能提交，还差 ${tried} 项`}</p>
            )}
            <Button block onClick={() => setTried(handle.current?.check() ? 0 : model.errors().length)}>
              试提交
            </Button>
            <p className="fd-sub">提交时服务器按同一套规则复核。</p>
          </section>
        </aside>
      </div>
    </div>
  )
}
