/** @jest-environment jsdom */
import { describe, expect, it } from '@jest/globals'
import { nextSteps, readFlowModel } from './flow-model.ts'

const model = readFlowModel(`<bpmn:definitions xmlns:bpmn="http://www.omg.org/spec/BPMN/20100524/MODEL">
  <bpmn:process id="p">
    <bpmn:startEvent id="start"/>
    <bpmn:userTask id="confirm" name="确认"/>
    <bpmn:exclusiveGateway id="result"/>
    <bpmn:parallelGateway id="fork"/>
    <bpmn:serviceTask id="notify" name="告知"/>
    <bpmn:callActivity id="list" name="挂牌"/>
    <bpmn:callActivity id="rectify" name="整改"/>
    <bpmn:endEvent id="void" name="作废"/>
    <bpmn:sequenceFlow id="f0" sourceRef="start" targetRef="confirm"/>
    <bpmn:sequenceFlow id="f1" sourceRef="confirm" targetRef="result"/>
    <bpmn:sequenceFlow id="f2" name="确认重大" sourceRef="result" targetRef="fork"/>
    <bpmn:sequenceFlow id="f3" name="不属于" sourceRef="result" targetRef="void"/>
    <bpmn:sequenceFlow id="f4" sourceRef="fork" targetRef="notify"/>
    <bpmn:sequenceFlow id="f5" sourceRef="notify" targetRef="list"/>
    <bpmn:sequenceFlow id="f6" sourceRef="fork" targetRef="rectify"/>
  </bpmn:process>
</bpmn:definitions>`)

describe('readFlowModel', () => {
  it('keeps activities, gateways and ends', () => {
    expect(model.nodes.get('confirm')).toEqual({ id: 'confirm', name: '确认', kind: 'activity' })
    expect(model.nodes.get('fork')?.kind).toBe('parallel')
    expect(model.flows).toHaveLength(7)
  })
})

describe('nextSteps', () => {
  it('steps over gateways and machines, and keeps the word of the way', () => {
    const steps = nextSteps(model, 'confirm')

    expect(steps.map((step) => [step.node.name, step.edge, step.together])).toEqual([
      ['挂牌', '确认重大', true],
      ['整改', '确认重大', true],
      ['作废', '不属于', false],
    ])
  })

  it('calls a way after the question when it only says yes', () => {
    const asked = readFlowModel(`<bpmn:definitions xmlns:bpmn="http://www.omg.org/spec/BPMN/20100524/MODEL"><bpmn:process id="p">
      <bpmn:userTask id="confirm" name="确认"/><bpmn:exclusiveGateway id="imminent" name="紧急危险？"/><bpmn:userTask id="stop" name="停产"/>
      <bpmn:sequenceFlow id="f1" sourceRef="confirm" targetRef="imminent"/><bpmn:sequenceFlow id="f2" name="是" sourceRef="imminent" targetRef="stop"/>
    </bpmn:process></bpmn:definitions>`)

    expect(nextSteps(asked, 'confirm').map((step) => step.edge)).toEqual(['紧急危险'])
  })

  it('is empty at the end', () => {
    expect(nextSteps(model, 'void')).toEqual([])
  })
})
