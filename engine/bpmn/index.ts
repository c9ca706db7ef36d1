/** The public door of the BPMN reader. */
export { readBpmn } from './read-bpmn.ts'
export type { KnownHandlers } from './reading.ts'
