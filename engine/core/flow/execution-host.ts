import { type ExecutionHost, hostOf, lift, type Operand } from '../expression/index.ts'
import type { Variable } from '../state.ts'
import type { Value } from '../value.ts'
import { type Place, placeOfExecution, placeOfScope } from './place.ts'
import {
  findLocalVariable,
  findVariable,
  localVariables,
  removeLocalVariable,
  removeVariable,
  setLocalVariable,
  setVariable,
  visibleVariables,
} from './variables.ts'

export interface Moment {
  readonly eventName?: string
  readonly flowId?: string
  readonly canceled?: boolean
}

const operand = (variable: Variable | undefined): Operand | undefined => variable && lift(variable.value)

/** `execution` of expressions: reads and writes the step's draft by the same operations as commands. */
export function executionHost(place: Place, moment: Moment = {}): ExecutionHost {
  const { instance, scope, token } = place
  const { definition, head } = instance
  const node = token?.node ? definition.model.nodes.get(token.node) : definition.model.nodes.get(scope.node)
  const parentId = (): string | null => {
    if (token && token.id !== scope.id) return scope.id
    return scope.tokenId ?? scope.parentId
  }
  return {
    kind: 'execution',
    get id() {
      return token?.id ?? scope.id
    },
    get parentId() {
      return parentId()
    },
    processInstanceId: instance.id,
    processDefinitionId: definition.id,
    processDefinitionKey: definition.key,
    get processBusinessKey() {
      return head.businessKey
    },
    tenantId: head.tenantId,
    get activityInstanceId() {
      return token?.activityInstanceId ?? scope.activityInstanceId
    },
    get parentActivityInstanceId() {
      if (!token?.activityInstanceId || token.activityInstanceId === scope.activityInstanceId) {
        return scope.parentId === null ? null : instance.scope(scope.parentId).activityInstanceId
      }
      return scope.activityInstanceId
    },
    currentActivityId: node && node.behavior.kind !== 'process' ? node.id.replace('#multiInstanceBody', '') : null,
    currentActivityName: node?.name ?? null,
    currentTransitionId: moment.flowId ?? null,
    eventName: moment.eventName ?? null,
    canceled: moment.canceled ?? false,
    get processInstance() {
      return executionHost(placeOfScope(instance, instance.rootScope))
    },
    get superExecution() {
      if (head.superInstanceId === null || head.superTokenId === null) return null
      const caller = instance.run.findInstance(head.superInstanceId)
      return caller ? executionHost(placeOfExecution(caller, head.superTokenId)) : null
    },
    getVariable: (name) => operand(findVariable(place, name)),
    getVariableLocal: (name) => operand(findLocalVariable(place, name)),
    variableNames: () => Object.keys(visibleVariables(place)),
    variableNamesLocal: () => Object.keys(localVariables(place)),
    setVariable: (name: string, value: Value) => setVariable(place, name, value),
    setVariableLocal: (name: string, value: Value) => setLocalVariable(place, name, value),
    removeVariable: (name) => removeVariable(place, name),
    removeVariableLocal: (name) => removeLocalVariable(place, name),
    setProcessBusinessKey: (businessKey) => {
      head.businessKey = businessKey
      instance.record({ kind: 'instance-updated', state: head.suspended ? 'SUSPENDED' : 'ACTIVE', businessKey })
    },
  }
}

export const executionOperand = (place: Place, moment?: Moment): Operand => hostOf(executionHost(place, moment))
