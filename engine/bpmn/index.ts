/** The public door of the BPMN reader. */
export type { BpmnFinding } from './finding.ts'
export { type BpmnReading, readBpmn } from './read-bpmn.ts'
