import { SafetyCertificateFilled } from '@ant-design/icons'
import { type ComponentType, useState } from 'react'
import type { ProcedureEdit, ProcedureFinding } from '../../../contracts/api/admin.ts'
import type { DesignerModeler, Shape } from '../canvas/bpmn-services.ts'
import { freshNodeSetting, readNodeSetting, writeNodeSetting } from '../canvas/node-setting.ts'
import { say } from '../words/say.ts'
import { ApprovalTab } from './ApprovalTab.tsx'
import { BasicTab } from './BasicTab.tsx'
import { DeadlineTab } from './DeadlineTab.tsx'
import { FactsTab } from './FactsTab.tsx'
import { FormTab } from './FormTab.tsx'
import { SeatsTab } from './SeatsTab.tsx'
import { SlotSettings } from './SlotSettings.tsx'
import type { TabProps } from './TabProps.ts'

const tabs = {
  basic: BasicTab,
  seats: SeatsTab,
  approval: ApprovalTab,
  form: FormTab,
  deadline: DeadlineTab,
  facts: FactsTab,
} as const satisfies Record<string, ComponentType<TabProps>>
type TabName = keyof typeof tabs
const names = Object.keys(tabs) as TabName[]

export interface InspectorProps {
  modeler: DesignerModeler | null
  shape: Shape | null
  procedure: ProcedureEdit
  slots: Readonly<Record<string, unknown>>
  findings: readonly ProcedureFinding[]
  onSlots(slots: Record<string, unknown>): void
}

/** The settings of the chosen node; without one, the county's settings of the procedure. */
export function Inspector({ modeler, shape, procedure, slots, findings, onSlots }: InspectorProps) {
  const [tab, setTab] = useState<TabName>('basic')
  if (!modeler || !shape) {
    return (
      <aside className="pd-inspector" aria-label={say('inspector.title')}>
        <div className="pd-inspector-head">
          <b>{say('slots.title')}</b>
          <p className="pd-sub">{say('inspector.none')}</p>
          {procedure.slotDefinitions.length > 0 && <p className="pd-sub">{say('inspector.none-slots')}</p>}
        </div>
        <div className="pd-settings">
          <SlotSettings procedure={procedure} slots={slots} onSlots={onSlots} />
        </div>
      </aside>
    )
  }

  const isTask = shape.type === 'bpmn:UserTask'
  const setting = isTask ? (readNodeSetting(shape.businessObject) ?? freshNodeSetting()) : null
  const shown = isTask ? tab : 'basic'
  const Tab: ComponentType<TabProps> = tabs[shown]

  return (
    <aside className="pd-inspector" aria-label={say('inspector.title')}>
      <div className="pd-inspector-head">
        <div className="pd-row">
          <b className="pd-grow">{shape.businessObject.name ?? shape.id}</b>
          {setting?.statutory && (
            <span className="pd-chip red">
              <SafetyCertificateFilled />
              {say('inspector.law')}
            </span>
          )}
        </div>
        {setting?.statutory && <p className="pd-sub">{say(`inspector.law-${setting.statutory}`)}</p>}
        {findings
          .filter((finding) => finding.elementId === shape.id)
          .map((finding) => (
            <p key={finding.message} className={finding.kind === 'warning' ? 'amber' : 'red'}>
              {finding.message}
            </p>
          ))}
      </div>
      <div className="pd-inspector-body">
        {isTask && (
          <div className="pd-tabs" role="tablist" aria-orientation="vertical" aria-label={say('inspector.title')}>
            {names.map((name) => (
              <button key={name} type="button" role="tab" aria-selected={name === shown} onClick={() => setTab(name)}>
                {say(`tab.${name}`)}
              </button>
            ))}
          </div>
        )}
        <div className="pd-settings" role="tabpanel" aria-label={say(`tab.${shown}`)}>
          <Tab
            modeler={modeler}
            shape={shape}
            setting={setting}
            procedure={procedure}
            slots={slots}
            onChange={(next) => writeNodeSetting(modeler, shape, next)}
            onSlots={onSlots}
          />
        </div>
      </div>
    </aside>
  )
}
