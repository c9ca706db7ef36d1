import { describe, expect, it } from '@jest/globals'
import { bpmn, flows } from '../../test/builders/core-engine.ts'
import { readBpmn } from './index.ts'

const errorsOf = (xml: string) => {
  const reading = readBpmn(xml, 'test.bpmn')
  return reading.ok ? [] : reading.findings.filter((finding) => finding.severity === 'error')
}

describe('readBpmn', () => {
  it('reports all errors of a file together, each with element, line and column', () => {
    const xml = `<definitions xmlns="http://www.omg.org/spec/BPMN/20100524/MODEL">
<process id="p" isExecutable="true">
<startEvent id="s1"/>
  <startEvent id="s2"/>
  <serviceTask id="empty"/></process></definitions>`

    expect(errorsOf(xml)).toMatchObject([
      { code: 'implementation-missing', elementIds: ['empty'], line: 5, column: 3 },
      { code: 'several-start-events', elementIds: ['p', 's2'], mainElementId: 's2', line: 2, column: 1 },
    ])
  })

  it('refuses a document type declaration, and with it entities', () => {
    const reading = readBpmn(`<!DOCTYPE d [<!ENTITY a "aaaa">]>${bpmn('<startEvent id="s"/>')}`, 'test.bpmn')

    expect(reading).toMatchObject({ ok: false, malformed: true })
  })

  it('refuses what it cannot run instead of ignoring it', () => {
    const refused = [
      '<complexGateway id="x"/>',
      '<adHocSubProcess id="x"/>',
      '<task id="x"><standardLoopCharacteristics/></task>',
      '<scriptTask id="x" scriptFormat="groovy"><script>1</script></scriptTask>',
      '<serviceTask id="x" camunda:class="a.B"/>',
      '<intermediateCatchEvent id="x"><timerEventDefinition><timeDuration>PT1H</timeDuration></timerEventDefinition><messageEventDefinition messageRef="m"/></intermediateCatchEvent>',
    ]

    for (const element of refused) {
      expect(errorsOf(bpmn(`<startEvent id="s"/>${element}`, '<message id="m" name="m"/>'))).toEqual(
        expect.arrayContaining([expect.objectContaining({ elementIds: ['x'] })]),
      )
    }
  })

  it('refuses flows and references that lead nowhere', () => {
    const codes = errorsOf(
      bpmn(
        `<startEvent id="s"/><userTask id="a"/><boundaryEvent id="b" attachedToRef="nobody"><errorEventDefinition/></boundaryEvent><receiveTask id="r" messageRef="none"/>${flows('s>a', 'a>nowhere')}`,
      ),
    ).map((finding) => `${finding.code} ${finding.mainElementId}`)

    expect(codes.sort()).toEqual(['reference-unknown b', 'reference-unknown f1_a_nowhere', 'reference-unknown r'])
  })

  it('takes the namespaces of Camunda, Operaton and Activiti alike', () => {
    for (const uri of ['http://camunda.org/schema/1.0/bpmn', 'http://operaton.org/schema/1.0/bpmn', 'http://activiti.org/bpmn']) {
      const reading = readBpmn(
        `<definitions xmlns="http://www.omg.org/spec/BPMN/20100524/MODEL" xmlns:x="${uri}"><process id="p" isExecutable="true"><startEvent id="s"/><userTask id="a" x:assignee = "li"/></process></definitions>`,
        'test.bpmn',
      )
      const node = reading.ok ? reading.processes[0]?.nodes.get('a') : undefined

      expect(node?.behavior).toMatchObject({ kind: 'userTask', task: { assignee: { text: 'li' } } })
    }
  })
})
