import type { Node } from '../model/node.ts'

/** Camunda's name for what an activity does: reports of plans that do not fit name it. */
export function behaviorName({ behavior, activityType, parent }: Node): string {
  switch (behavior.kind) {
    case 'multiInstanceBody':
      return behavior.multiInstance.sequential ? 'SequentialMultiInstanceActivityBehavior' : 'ParallelMultiInstanceActivityBehavior'
    case 'boundaryEvent':
      if (behavior.trigger.kind === 'conditional') return 'BoundaryConditionalEventActivityBehavior'
      return behavior.trigger.kind === 'cancel' ? 'CancelBoundaryEventActivityBehavior' : 'BoundaryEventActivityBehavior'
    case 'startEvent':
      if (parent?.behavior.kind !== 'eventSubprocess') return 'NoneStartEventActivityBehavior'
      return behavior.trigger.kind === 'conditional'
        ? 'EventSubProcessStartConditionalEventActivityBehavior'
        : 'EventSubProcessStartEventActivityBehavior'
    case 'intermediateCatch':
      return behavior.trigger.kind === 'conditional' ? 'IntermediateConditionalEventBehavior' : 'IntermediateCatchEventActivityBehavior'
    case 'pass':
      return activityType === 'manualTask' ? 'ManualTaskActivityBehavior' : 'TaskActivityBehavior'
    default:
      return names[behavior.kind]
  }
}

type Fixed = Exclude<Node['behavior']['kind'], 'multiInstanceBody' | 'boundaryEvent' | 'startEvent' | 'intermediateCatch' | 'pass'>

const names: Readonly<Record<Fixed, string>> = {
  process: 'ProcessDefinition',
  subprocess: 'SubProcessActivityBehavior',
  eventSubprocess: 'EventSubProcessActivityBehavior',
  userTask: 'UserTaskActivityBehavior',
  externalTask: 'ExternalTaskActivityBehavior',
  expressionTask: 'ServiceTaskExpressionActivityBehavior',
  handlerTask: 'ClassDelegateActivityBehavior',
  scriptTask: 'ScriptTaskActivityBehavior',
  receiveTask: 'ReceiveTaskActivityBehavior',
  decisionTask: 'DmnBusinessRuleTaskActivityBehavior',
  callActivity: 'CallActivityBehavior',
  exclusiveGateway: 'ExclusiveGatewayActivityBehavior',
  parallelGateway: 'ParallelGatewayActivityBehavior',
  inclusiveGateway: 'InclusiveGatewayActivityBehavior',
  eventGateway: 'EventBasedGatewayActivityBehavior',
  noneThrow: 'IntermediateThrowNoneEventActivityBehavior',
  noneEnd: 'NoneEndEventActivityBehavior',
  terminateEnd: 'TerminateEndEventActivityBehavior',
  cancelEnd: 'CancelEndEventActivityBehavior',
  errorEnd: 'ErrorEndEventActivityBehavior',
  signalThrow: 'ThrowSignalEventActivityBehavior',
  escalationThrow: 'ThrowEscalationEventActivityBehavior',
  compensationThrow: 'CompensationEventActivityBehavior',
}
