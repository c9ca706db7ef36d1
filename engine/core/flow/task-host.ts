import type { InstanceDraft, TaskDraft } from '../draft/instance-draft.ts'
import { hostOf, lift, type Operand, type TaskHost } from '../expression/index.ts'
import { executionHost } from './execution-host.ts'
import { type Place, placeOf, placeOfTask } from './place.ts'
import { addLink, changeTask, removeLink } from './task-entity.ts'
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

type Complete = (instance: InstanceDraft, task: TaskDraft) => void

/** `task` of expressions in task listeners and assignments. */
export function taskHost(
  instance: InstanceDraft,
  task: TaskDraft,
  complete: Complete,
  eventName: string | null,
  deleteReason: string | null,
): TaskHost {
  const place: Place = placeOfTask(instance, task)
  const operand = (variable: ReturnType<typeof findVariable>): Operand | undefined => variable && lift(variable.value)
  const links = (kind: 'userId' | 'groupId'): string[] =>
    task.links.flatMap((link) => (link.type === 'candidate' && link[kind] !== null ? [link[kind] as string] : []))
  return {
    kind: 'task',
    id: task.id,
    get name() {
      return task.name
    },
    get description() {
      return task.description
    },
    get assignee() {
      return task.assignee
    },
    get owner() {
      return task.owner
    },
    get priority() {
      return task.priority
    },
    createTime: task.createdAt,
    get dueDate() {
      return task.due
    },
    get followUpDate() {
      return task.followUp
    },
    taskDefinitionKey: task.node,
    executionId: task.executionId,
    processInstanceId: instance.id,
    processDefinitionId: instance.definition.id,
    tenantId: instance.head.tenantId,
    eventName,
    deleteReason,
    get candidateUsers() {
      return links('userId')
    },
    get candidateGroups() {
      return links('groupId')
    },
    get execution() {
      return executionHost(place.token ? placeOf(instance, place.token) : { ...place, task: null })
    },
    getVariable: (name) => operand(findVariable(place, name)),
    getVariableLocal: (name) => operand(findLocalVariable(place, name)),
    variableNames: () => Object.keys(visibleVariables(place)),
    variableNamesLocal: () => Object.keys(localVariables(place)),
    setVariable: (name, value) => setVariable(place, name, value),
    setVariableLocal: (name, value) => setLocalVariable(place, name, value),
    removeVariable: (name) => removeVariable(place, name),
    removeVariableLocal: (name) => removeLocalVariable(place, name),
    setName: (name) => changeTask(instance, task, { name }),
    setDescription: (description) => changeTask(instance, task, { description }),
    setAssignee: (assignee) => changeTask(instance, task, { assignee }),
    setOwner: (owner) => changeTask(instance, task, { owner }),
    setPriority: (priority) => changeTask(instance, task, { priority }),
    setDueDate: (due) => changeTask(instance, task, { due }),
    setFollowUpDate: (followUp) => changeTask(instance, task, { followUp }),
    addCandidateUser: (userId) => addLink(instance, task, 'candidate', userId, null),
    addCandidateGroup: (groupId) => addLink(instance, task, 'candidate', null, groupId),
    deleteCandidateUser: (userId) => removeLink(instance, task, 'candidate', userId, null),
    deleteCandidateGroup: (groupId) => removeLink(instance, task, 'candidate', null, groupId),
    complete: () => {
      instance.run.push(() => {
        if (instance.tasks.isAlive(task)) complete(instance, task)
      })
    },
  }
}

export const taskOperand = (
  instance: InstanceDraft,
  task: TaskDraft,
  complete: Complete,
  eventName: string | null,
  deleteReason: string | null,
): Operand => hostOf(taskHost(instance, task, complete, eventName, deleteReason))
