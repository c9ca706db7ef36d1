import { Checkbox, Input, Select } from 'antd'
import type { NodeSetting, OutcomeSetting } from '../../../contracts/bpmn-extension.ts'
import { say } from '../words/say.ts'
import { Setting } from './Setting.tsx'
import type { TabProps } from './TabProps.ts'

const modes = ['SINGLE', 'SEQ', 'ALL', 'ANY'] as const
const rejectRules = ['FIRST', 'AFTER_ALL'] as const
const opinions = ['none', 'optional', 'required'] as const

/** How the seats decide together, what they may decide, and where 退回 leads. Codes are the model's and stay. */
export function ApprovalTab({ modeler, setting, onChange }: TabProps) {
  if (!setting) return null
  const put = (index: number, change: Partial<OutcomeSetting>) =>
    onChange({ ...setting, outcomes: setting.outcomes.map((outcome, i) => (i === index ? { ...outcome, ...change } : outcome)) })
  const nameOf = (id: string) => modeler.get('elementRegistry').get(id)?.businessObject.name ?? id

  return (
    <>
      <Setting label={say('approval.mode')}>
        <Select<NodeSetting['mode']>
          style={{ width: '100%' }}
          aria-label={say('approval.mode')}
          value={setting.mode}
          options={modes.map((mode) => ({ value: mode, label: say(`mode.${mode}`) }))}
          onChange={(mode) => onChange({ ...setting, mode })}
        />
      </Setting>
      {setting.mode !== 'SINGLE' && (
        <Setting label={say('approval.reject')}>
          <Select<NodeSetting['rejectRule']>
            style={{ width: '100%' }}
            aria-label={say('approval.reject')}
            value={setting.rejectRule}
            options={rejectRules.map((rule) => ({ value: rule, label: say(`reject.${rule}`) }))}
            onChange={(rejectRule) => onChange({ ...setting, rejectRule })}
          />
        </Setting>
      )}
      <Setting label={say('approval.outcomes')}>
        {setting.outcomes.map((outcome, index) => (
          <div key={outcome.code} className="pd-outcome">
            <span className="pd-sub">{say('approval.code')}</span>
            <code>{outcome.code}</code>
            <span className="pd-sub">{say('approval.button')}</span>
            <Input
              size="small"
              value={outcome.button}
              aria-label={say('approval.button')}
              maxLength={20}
              onChange={(event) => put(index, { button: event.target.value })}
            />
            <span className="pd-sub">{say('approval.label')}</span>
            <Input
              size="small"
              value={outcome.label}
              aria-label={say('approval.label')}
              maxLength={20}
              onChange={(event) => put(index, { label: event.target.value })}
            />
            <span className="pd-sub">{say('approval.opinion')}</span>
            <span className="pd-row">
              <Select<OutcomeSetting['opinion']>
                size="small"
                style={{ width: 88 }}
                aria-label={say('approval.opinion')}
                value={outcome.opinion}
                options={opinions.map((opinion) => ({ value: opinion, label: say(`opinion.${opinion}`) }))}
                onChange={(opinion) => put(index, { opinion })}
              />
              <Checkbox
                checked={outcome.signature}
                disabled={setting.statutory !== undefined && outcome.signature}
                onChange={(event) => put(index, { signature: event.target.checked })}
              >
                {say('approval.signature')}
              </Checkbox>
            </span>
          </div>
        ))}
      </Setting>
      <Setting label={say('approval.return')}>
        {setting.returnTo.length === 0 ? (
          <p className="pd-sub">{say('approval.return-none')}</p>
        ) : (
          setting.returnTo.map((target) => <p key={target.node}>{`${target.button} → ${nameOf(target.node)}`}</p>)
        )}
      </Setting>
    </>
  )
}
