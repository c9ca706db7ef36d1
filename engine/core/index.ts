/**
 * The public door of the engine's core: pure data and pure functions. `step` runs one command on one family; `project` says what
 * the index tables hold; `encode` and `decode` are the snapshot; `activityTree` shows what runs.
 */
export { type ActivityInstance, activityTree } from './activity-tree.ts'
export type * from './command.ts'
export type { Definition } from './definition.ts'
export { type CompatFlags, defaultCompat, type Env, type Models } from './env.ts'
export { BpmnError, type Handlers, handlerNamed } from './handler.ts'
export type * from './history-event.ts'
export { generatePlan } from './migration/generate-plan.ts'
export type { MigrationInstruction } from './migration/migration-plan.ts'
export { validatePlan } from './migration/validate-plan.ts'
export { project, type RowSets } from './projection.ts'
export * from './projection-rows.ts'
export { decode, encode, familyOf } from './snapshot.ts'
export type * from './state.ts'
export { step } from './step.ts'
export type { StepResult } from './step-result.ts'
export type { Variables } from './value.ts'
