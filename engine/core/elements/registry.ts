import { InvariantError } from '../failure.ts'
import type { Behavior, Node } from '../model/node.ts'
import { callActivity } from './call-activity.ts'
import { cancelEnd } from './cancel-end.ts'
import { compensationThrow } from './compensation-throw.ts'
import { decisionTask } from './decision-task.ts'
import type { ElementBehavior } from './element-behavior.ts'
import { errorEnd } from './error-end.ts'
import { escalationThrow } from './escalation-throw.ts'
import { eventGateway } from './event-gateway.ts'
import { exclusiveGateway } from './exclusive-gateway.ts'
import { expressionTask } from './expression-task.ts'
import { externalTask } from './external-task.ts'
import { handlerTask } from './handler-task.ts'
import { inclusiveGateway } from './inclusive-gateway.ts'
import { intermediateCatch } from './intermediate-catch.ts'
import { multiInstanceBody } from './multi-instance-body.ts'
import { parallelGateway } from './parallel-gateway.ts'
import { pass } from './pass.ts'
import { process } from './process.ts'
import { receiveTask } from './receive-task.ts'
import { signalThrow } from './signal-throw.ts'
import { subprocess } from './subprocess.ts'
import { terminateEnd } from './terminate-end.ts'
import { userTask } from './user-task.ts'

const registry: Readonly<Record<Behavior['kind'], ElementBehavior>> = {
  process: process,
  subprocess: subprocess,
  eventSubprocess: subprocess,
  multiInstanceBody: multiInstanceBody,
  startEvent: pass,
  boundaryEvent: pass,
  intermediateCatch: intermediateCatch,
  pass: pass,
  userTask: userTask,
  externalTask: externalTask,
  expressionTask: expressionTask,
  handlerTask: handlerTask,
  scriptTask: expressionTask,
  receiveTask: receiveTask,
  decisionTask: decisionTask,
  callActivity: callActivity,
  exclusiveGateway: exclusiveGateway,
  parallelGateway: parallelGateway,
  inclusiveGateway: inclusiveGateway,
  eventGateway: eventGateway,
  noneThrow: pass,
  noneEnd: pass,
  terminateEnd: terminateEnd,
  cancelEnd: cancelEnd,
  errorEnd: errorEnd,
  signalThrow: signalThrow,
  escalationThrow: escalationThrow,
  compensationThrow: compensationThrow,
}

/** The only switch on the type of an element. */
export function behaviorOf(node: Node): ElementBehavior {
  const found = registry[node.behavior.kind]
  if (!found) throw new InvariantError(`no behaviour for ${node.behavior.kind}`)
  return found
}

/** Every kind of element that runs, for the page that tells what is supported. */
export const elementKinds = Object.keys(registry) as readonly Behavior['kind'][]
