/** Small models of our own, one for each thing that the contract asks. */
const wrap = (inside: string, extra = '') =>
  `<?xml version="1.0" encoding="UTF-8"?><definitions xmlns="http://www.omg.org/spec/BPMN/20100524/MODEL" xmlns:camunda="http://camunda.org/schema/1.0/bpmn" xmlns:xsi="http://www.w3.org/2001/XMLSchema-instance" targetNamespace="contract">${extra}${inside}</definitions>`
const process = (id: string, inside: string) =>
  `<process id="${id}" isExecutable="true" camunda:historyTimeToLive="P30D">${inside}</process>`
const flow = (from: string, to: string, condition = '') =>
  `<sequenceFlow id="${from}-${to}" sourceRef="${from}" targetRef="${to}">${condition && `<conditionExpression xsi:type="tFormalExpression">${condition}</conditionExpression>`}</sequenceFlow>`

export const models = {
  approval: wrap(
    process(
      'approval',
      `<startEvent id="start"/>${flow('start', 'decide')}<userTask id="decide" name="Decide"/>${flow('decide', 'fork')}<exclusiveGateway id="fork" default="fork-refused"/>${flow('fork', 'accepted', "${outcome == 'APPROVE'}")}${flow('fork', 'refused')}<endEvent id="accepted"/><endEvent id="refused"/>`,
    ),
  ),
  external: wrap(
    process(
      'external',
      `<startEvent id="start"/>${flow('start', 'work')}<serviceTask id="work" camunda:type="external" camunda:topic="contract-work"/>${flow('work', 'done')}<endEvent id="done"/><boundaryEvent id="caught" attachedToRef="work"><errorEventDefinition errorRef="wrong"/></boundaryEvent>${flow('caught', 'mended')}<endEvent id="mended"/>`,
    ),
    '<error id="wrong" errorCode="WRONG"/>',
  ),
  waiting: wrap(
    process(
      'waiting',
      `<startEvent id="start"/>${flow('start', 'split')}<parallelGateway id="split"/>${flow('split', 'first')}${flow('split', 'second')}<intermediateCatchEvent id="first"><messageEventDefinition messageRef="go"/></intermediateCatchEvent><intermediateCatchEvent id="second"><signalEventDefinition signalRef="all"/></intermediateCatchEvent>${flow('first', 'meet')}${flow('second', 'meet')}<parallelGateway id="meet"/>${flow('meet', 'end')}<endEvent id="end"/>`,
    ),
    '<message id="go" name="contract-go"/><signal id="all" name="contract-all"/>',
  ),
  timer: wrap(
    process(
      'timer',
      `<startEvent id="start"/>${flow('start', 'work')}<userTask id="work"/>${flow('work', 'in-time')}<endEvent id="in-time"/><boundaryEvent id="due" attachedToRef="work"><timerEventDefinition><timeDuration xsi:type="tFormalExpression">P30D</timeDuration></timerEventDefinition></boundaryEvent>${flow('due', 'late')}<endEvent id="late"/>`,
    ),
  ),
  caller: wrap(
    process(
      'caller',
      `<startEvent id="start"/>${flow('start', 'call')}<callActivity id="call" calledElement="called" camunda:calledElementBinding="deployment"><extensionElements><camunda:in businessKey="#{execution.processBusinessKey}"/><camunda:in source="amount" target="amount"/><camunda:out source="verdict" target="answer"/></extensionElements></callActivity>${flow('call', 'after')}<userTask id="after"/>${flow('after', 'end')}<endEvent id="end"/>`,
    ),
  ),
  called: wrap(
    process(
      'called',
      `<startEvent id="start"/>${flow('start', 'inside')}<userTask id="inside"/>${flow('inside', 'end')}<endEvent id="end"/>`,
    ),
  ),
  many: wrap(
    process(
      'many',
      `<startEvent id="start"/>${flow('start', 'vote')}<userTask id="vote"><multiInstanceLoopCharacteristics><loopCardinality xsi:type="tFormalExpression">3</loopCardinality><completionCondition xsi:type="tFormalExpression">\${nrOfCompletedInstances == 2}</completionCondition></multiInstanceLoopCharacteristics></userTask>${flow('vote', 'end')}<endEvent id="end"/>`,
    ),
  ),
  broken: wrap(process('broken', `<startEvent id="start"/>${flow('start', 'nowhere')}`)),
} as const
