import type { Command } from '../command.ts'
import type { Run } from '../draft/run.ts'
import {
  createIncidentCommand,
  deliverCommand,
  scheduleDeliveryCommand,
  setVariablesCommand,
  triggerCommand,
} from './execution-commands.ts'
import {
  completeExternalTask,
  extendExternalTaskLock,
  externalTaskBpmnError,
  failExternalTask,
  lockExternalTask,
  setExternalTaskPriority,
  setExternalTaskRetries,
  unlockExternalTask,
} from './external-task-commands.ts'
import { annotateIncident, resolveIncident } from './incident-commands.ts'
import { deleteCommand, setSuspended } from './instance-commands.ts'
import {
  deleteJob,
  fireJob,
  jobFailed,
  recalculateJobDue,
  setJobDue,
  setJobPriority,
  setJobRetries,
  setJobSuspended,
} from './job-commands.ts'
import { migrate } from './migrate.ts'
import { modify } from './modify.ts'
import { start } from './start.ts'
import {
  addIdentityLink,
  assignTask,
  claimTask,
  completeTask,
  delegateTask,
  deleteIdentityLink,
  expectSubTasks,
  resolveTask,
  setTaskVariables,
  taskBpmnError,
  taskEscalation,
  touchTask,
  unclaimTask,
  updateTaskCommand,
} from './task-commands.ts'

type Handlers = { readonly [K in Command['kind']]: (run: Run, command: Extract<Command, { readonly kind: K }>) => void }

const handlers: Handlers = {
  start,
  completeTask,
  resolveTask,
  claimTask,
  unclaimTask,
  touchTask,
  expectSubTasks,
  assignTask,
  delegateTask,
  updateTask: updateTaskCommand,
  addIdentityLink,
  deleteIdentityLink,
  setTaskVariables,
  taskBpmnError,
  taskEscalation,
  trigger: triggerCommand,
  setVariables: setVariablesCommand,
  deliver: deliverCommand,
  scheduleDelivery: scheduleDeliveryCommand,
  createIncident: createIncidentCommand,
  fireJob,
  jobFailed,
  setJobRetries,
  setJobDue,
  recalculateJobDue,
  setJobSuspended,
  setJobPriority,
  deleteJob,
  lockExternalTask,
  extendExternalTaskLock,
  unlockExternalTask,
  completeExternalTask,
  failExternalTask,
  externalTaskBpmnError,
  setExternalTaskRetries,
  setExternalTaskPriority,
  modify,
  migrate,
  delete: deleteCommand,
  setSuspended,
  resolveIncident,
  annotateIncident,
}

/** Finds a command's handler. The only switch on the kind of a command. */
export function runCommand(run: Run, command: Command): void {
  ;(handlers[command.kind] as (run: Run, command: Command) => void)(run, command)
}
