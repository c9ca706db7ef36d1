import { Input } from 'antd'
import type { Moddle } from '../canvas/bpmn-services.ts'
import { say } from '../words/say.ts'
import { Setting } from './Setting.tsx'
import type { TabProps } from './TabProps.ts'

/** Name, key, and what only some kinds of elements have: a condition, a moment, a called procedure, a topic. */
export function BasicTab({ modeler, shape, setting }: TabProps) {
  const element = shape.businessObject
  const modeling = modeler.get('modeling')
  const factory = modeler.get('bpmnFactory')
  const set = (properties: Record<string, unknown>) => modeling.updateProperties(shape, properties)
  const expression = (body: string) => (body ? factory.create('bpmn:FormalExpression', { body }) : undefined)
  const timer = element.eventDefinitions?.find((definition) => definition.$type === 'bpmn:TimerEventDefinition')
  const mayHaveCondition =
    shape.type === 'bpmn:SequenceFlow' &&
    /Exclusive|Inclusive|Task/.test((element as Moddle & { sourceRef?: Moddle }).sourceRef?.$type ?? '')

  return (
    <>
      <Setting label={say('basic.name')}>
        <Input.TextArea
          autoSize
          value={element.name ?? ''}
          aria-label={say('basic.name')}
          maxLength={60}
          onChange={(event) => set({ name: event.target.value.replaceAll('\n', '') || undefined })}
        />
      </Setting>
      <Setting label={say('basic.key')}>
        <code>{element.id}</code>
      </Setting>
      {mayHaveCondition && (
        <Setting label={say('basic.condition')} help={say('basic.condition-hint')}>
          <Input
            value={element.conditionExpression?.body ?? ''}
            aria-label={say('basic.condition')}
            maxLength={500}
            onChange={(event) => set({ conditionExpression: expression(event.target.value) })}
          />
        </Setting>
      )}
      {timer && (
        <Setting label={say('basic.due')}>
          <Input
            value={(timer.timeDate ?? timer.timeDuration ?? timer.timeCycle)?.body ?? ''}
            aria-label={say('basic.due')}
            maxLength={200}
            onChange={(event) => {
              const text = event.target.value
              const isDuration = /^P/.test(text)
              const isCycle = /^R/.test(text)
              modeling.updateModdleProperties(shape, timer, {
                timeDuration: isDuration ? expression(text) : undefined,
                timeCycle: isCycle ? expression(text) : undefined,
                timeDate: isDuration || isCycle ? undefined : expression(text),
              })
            }}
          />
        </Setting>
      )}
      {shape.type === 'bpmn:CallActivity' && (
        <Setting label={say('basic.called')}>
          <Input
            value={element.calledElement ?? ''}
            aria-label={say('basic.called')}
            maxLength={80}
            onChange={(event) => set({ calledElement: event.target.value || undefined })}
          />
        </Setting>
      )}
      {shape.type === 'bpmn:ServiceTask' && (
        <Setting label={say('basic.topic')}>
          <Input
            value={String(element.get('camunda:topic') ?? '')}
            aria-label={say('basic.topic')}
            maxLength={80}
            onChange={(event) => set({ 'camunda:type': 'external', 'camunda:topic': event.target.value || undefined })}
          />
        </Setting>
      )}
      {setting && (
        <Setting label={say('basic.basis')}>
          {setting.basis.length === 0 && <p className="pd-sub">{say('basic.no-basis')}</p>}
          {setting.basis.map((basis) => (
            <p key={basis.law}>
              {basis.law}
              <span className="pd-sub"> {basis.text}</span>
            </p>
          ))}
        </Setting>
      )}
    </>
  )
}
