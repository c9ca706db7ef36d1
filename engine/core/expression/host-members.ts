import { nullValue } from '../value.ts'
import { boolean, integer, text, toInteger, toLong, toText, toValue } from './coerce.ts'
import { ExpressionError } from './failure.ts'
import type { ExecutionHost, ExternalTaskHost, TaskHost } from './host.ts'
import { type MemberTable, type Method, method } from './member-table.ts'
import { hostOf, listOf, mapOf, type Operand } from './operand.ts'

const textOrNull = (value: string | null): Operand => (value === null ? nullValue : text(value))
const dateOrNull = (value: number | null): Operand => (value === null ? nullValue : { t: 'Date', v: value })
const done = nullValue

function nameOf(operand: Operand | undefined): string {
  if (operand?.t !== 'String') throw new ExpressionError('wrong-type', 'the name of a variable must be a text')
  return operand.v
}
const userOf = (operand: Operand | undefined, zone: string): string | null =>
  operand === undefined || operand.t === 'Null' ? null : toText(operand, zone)
const dateOf = (operand: Operand | undefined): number | null => {
  if (operand === undefined || operand.t === 'Null') return null
  if (operand.t === 'Date' || operand.t === 'DateTime') return operand.v
  throw new ExpressionError('wrong-type', 'a Date is expected')
}

/** `getVariableTyped(…)`: the value, and its type with the name that Camunda gives it. */
const typedOf = (value: Operand | undefined): Operand =>
  value === undefined
    ? nullValue
    : mapOf(
        new Map<string, Operand>([
          ['value', value],
          ['type', mapOf(new Map([['name', text(value.t.toLowerCase())]]))],
        ]),
      )

type VariableHost = Pick<
  ExecutionHost,
  | 'getVariable'
  | 'getVariableLocal'
  | 'variableNames'
  | 'variableNamesLocal'
  | 'setVariable'
  | 'setVariableLocal'
  | 'removeVariable'
  | 'removeVariableLocal'
>
const all = (host: VariableHost): Operand => mapOf(new Map(host.variableNames().map((name) => [name, host.getVariable(name) ?? nullValue])))
const allLocal = (host: VariableHost): Operand =>
  mapOf(new Map(host.variableNamesLocal().map((name) => [name, host.getVariableLocal(name) ?? nullValue])))

const variableMethods: Readonly<Record<string, Method<VariableHost>>> = {
  getVariable: method(1, (host, [name]) => host.getVariable(nameOf(name)) ?? nullValue),
  getVariableLocal: method(1, (host, [name]) => host.getVariableLocal(nameOf(name)) ?? nullValue),
  getVariableTyped: method(1, (host, [name]) => typedOf(host.getVariable(nameOf(name)))),
  getVariableLocalTyped: method(1, (host, [name]) => typedOf(host.getVariableLocal(nameOf(name)))),
  hasVariable: method(1, (host, [name]) => boolean(host.variableNames().includes(nameOf(name)))),
  hasVariableLocal: method(1, (host, [name]) => boolean(host.variableNamesLocal().includes(nameOf(name)))),
  hasVariables: method(0, (host) => boolean(host.variableNames().length > 0)),
  hasVariablesLocal: method(0, (host) => boolean(host.variableNamesLocal().length > 0)),
  setVariable: method(2, (host, [name, value]) => {
    host.setVariable(nameOf(name), toValue(value as Operand))
    return done
  }),
  setVariableLocal: method(2, (host, [name, value]) => {
    host.setVariableLocal(nameOf(name), toValue(value as Operand))
    return done
  }),
  removeVariable: method(1, (host, [name]) => {
    host.removeVariable(nameOf(name))
    return done
  }),
  removeVariableLocal: method(1, (host, [name]) => {
    host.removeVariableLocal(nameOf(name))
    return done
  }),
}
const variableProperties: MemberTable<VariableHost>['properties'] = {
  variables: all,
  variablesLocal: allLocal,
  variableNames: (host) => listOf(host.variableNames().map(text)),
  variableNamesLocal: (host) => listOf(host.variableNamesLocal().map(text)),
}

export const executionMembers: MemberTable<ExecutionHost> = {
  methods: {
    ...variableMethods,
    setProcessBusinessKey: method(1, (host, [key], { zone }) => {
      host.setProcessBusinessKey(toText(key as Operand, zone))
      return done
    }),
  },
  properties: {
    ...variableProperties,
    id: (host) => text(host.id),
    parentId: (host) => textOrNull(host.parentId),
    processInstanceId: (host) => text(host.processInstanceId),
    processDefinitionId: (host) => text(host.processDefinitionId),
    processBusinessKey: (host) => textOrNull(host.processBusinessKey),
    businessKey: (host) => textOrNull(host.processBusinessKey),
    tenantId: (host) => textOrNull(host.tenantId),
    activityInstanceId: (host) => textOrNull(host.activityInstanceId),
    parentActivityInstanceId: (host) => textOrNull(host.parentActivityInstanceId),
    currentActivityId: (host) => textOrNull(host.currentActivityId),
    currentActivityName: (host) => textOrNull(host.currentActivityName),
    currentTransitionId: (host) => textOrNull(host.currentTransitionId),
    eventName: (host) => textOrNull(host.eventName),
    canceled: (host) => boolean(host.canceled),
    processInstance: (host) => hostOf(host.processInstance),
    superExecution: (host) => (host.superExecution ? hostOf(host.superExecution) : nullValue),
  },
}

export const taskMembers: MemberTable<TaskHost> = {
  methods: {
    ...variableMethods,
    setName: method(1, (task, [value], { zone }) => {
      task.setName(userOf(value, zone))
      return done
    }),
    setDescription: method(1, (task, [value], { zone }) => {
      task.setDescription(userOf(value, zone))
      return done
    }),
    setAssignee: method(1, (task, [value], { zone }) => {
      task.setAssignee(userOf(value, zone))
      return done
    }),
    setOwner: method(1, (task, [value], { zone }) => {
      task.setOwner(userOf(value, zone))
      return done
    }),
    setPriority: method(1, (task, [value]) => {
      task.setPriority(toInteger(value as Operand))
      return done
    }),
    setDueDate: method(1, (task, [value]) => {
      task.setDueDate(dateOf(value))
      return done
    }),
    setFollowUpDate: method(1, (task, [value]) => {
      task.setFollowUpDate(dateOf(value))
      return done
    }),
    addCandidateUser: method(1, (task, [value], { zone }) => {
      task.addCandidateUser(toText(value as Operand, zone))
      return done
    }),
    addCandidateGroup: method(1, (task, [value], { zone }) => {
      task.addCandidateGroup(toText(value as Operand, zone))
      return done
    }),
    deleteCandidateUser: method(1, (task, [value], { zone }) => {
      task.deleteCandidateUser(toText(value as Operand, zone))
      return done
    }),
    deleteCandidateGroup: method(1, (task, [value], { zone }) => {
      task.deleteCandidateGroup(toText(value as Operand, zone))
      return done
    }),
    complete: method(0, (task) => {
      task.complete()
      return done
    }),
  },
  properties: {
    ...variableProperties,
    id: (task) => text(task.id),
    name: (task) => textOrNull(task.name),
    description: (task) => textOrNull(task.description),
    assignee: (task) => textOrNull(task.assignee),
    owner: (task) => textOrNull(task.owner),
    priority: (task) => integer(task.priority),
    createTime: (task) => dateOrNull(task.createTime),
    dueDate: (task) => dateOrNull(task.dueDate),
    followUpDate: (task) => dateOrNull(task.followUpDate),
    taskDefinitionKey: (task) => textOrNull(task.taskDefinitionKey),
    executionId: (task) => text(task.executionId),
    processInstanceId: (task) => text(task.processInstanceId),
    processDefinitionId: (task) => text(task.processDefinitionId),
    tenantId: (task) => textOrNull(task.tenantId),
    eventName: (task) => textOrNull(task.eventName),
    deleteReason: (task) => textOrNull(task.deleteReason),
    candidateUsers: (task) => listOf(task.candidateUsers.map(text)),
    candidateGroups: (task) => listOf(task.candidateGroups.map(text)),
    execution: (task) => hostOf(task.execution),
  },
}

export const externalTaskMembers: MemberTable<ExternalTaskHost> = {
  methods: {},
  properties: {
    id: (task) => text(task.id),
    topicName: (task) => text(task.topicName),
    workerId: (task) => textOrNull(task.workerId),
    errorMessage: (task) => textOrNull(task.errorMessage),
    errorDetails: (task) => textOrNull(task.errorDetails),
    retries: (task) => (task.retries === null ? nullValue : integer(task.retries)),
    priority: (task) => ({ t: 'Long', v: toLong(integer(task.priority)) }),
    activityId: (task) => text(task.activityId),
    activityInstanceId: (task) => text(task.activityInstanceId),
    executionId: (task) => text(task.executionId),
    processInstanceId: (task) => text(task.processInstanceId),
    processDefinitionId: (task) => text(task.processDefinitionId),
    processDefinitionKey: (task) => text(task.processDefinitionKey),
    businessKey: (task) => textOrNull(task.businessKey),
    tenantId: (task) => textOrNull(task.tenantId),
  },
}
