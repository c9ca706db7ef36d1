const bpmn = (id: string, inside: string) =>
  `<?xml version="1.0" encoding="UTF-8"?><definitions xmlns="http://www.omg.org/spec/BPMN/20100524/MODEL" xmlns:camunda="http://camunda.org/schema/1.0/bpmn" xmlns:xsi="http://www.w3.org/2001/XMLSchema-instance" targetNamespace="faults"><process id="${id}" isExecutable="true" camunda:historyTimeToLive="P30D">${inside}</process></definitions>`
const flow = (from: string, to: string) => `<sequenceFlow id="${from}-${to}" sourceRef="${from}" targetRef="${to}"/>`

/** A task; a fork with a task, a call and an asynchronous step that join; so many tasks at once that they lie in chunks. */
export const crashModels: Readonly<Record<string, string>> = {
  plain: bpmn('plain', `<startEvent id="start"/>${flow('start', 'work')}<userTask id="work"/>${flow('work', 'end')}<endEvent id="end"/>`),
  forked: bpmn(
    'forked',
    `<startEvent id="start"/>${flow('start', 'fork')}<parallelGateway id="fork"/>${flow('fork', 'work')}${flow('fork', 'call')}${flow('fork', 'step')}
     <userTask id="work"/><callActivity id="call" calledElement="plain"/>
     <serviceTask id="step" camunda:asyncBefore="true" camunda:expression="\${true}"/>
     ${flow('work', 'join')}${flow('call', 'join')}${flow('step', 'join')}<parallelGateway id="join"/>${flow('join', 'end')}<endEvent id="end"/>`,
  ),
  wide: bpmn(
    'wide',
    `<startEvent id="start"/>${flow('start', 'work')}
     <userTask id="work"><multiInstanceLoopCharacteristics><loopCardinality>40</loopCardinality></multiInstanceLoopCharacteristics></userTask>
     ${flow('work', 'end')}<endEvent id="end"/>`,
  ),
}
