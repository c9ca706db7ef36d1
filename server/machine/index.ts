export { answerVariables, machineTaskOf } from './engine-value.ts'
export { type Machine, makeMachine } from './machine.ts'
export { makeTopicHandlers, type TopicFeatures, type TopicHandler } from './topic-handlers.ts'
