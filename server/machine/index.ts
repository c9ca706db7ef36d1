export { answerVariables, machineTaskOf } from './engine-value.ts'
export { type Machine, makeMachine } from './machine.ts'
