/** The public door of the engine's core. */
export { type ActivityInstance, activityTree, type TransitionInstance } from './activity-tree.ts'
export type * from './command.ts'
export type { Definition, JobDefinition } from './definition.ts'
export {
  type CompatFlags,
  type DecisionRef,
  type DecisionResult,
  type DefinitionRef,
  defaultCompat,
  type Env,
  type Models,
  type Need,
} from './env.ts'
export type { Failure, FailureCode, Result } from './failure.ts'
export type * from './history-event.ts'
export { generatePlan } from './migration/generate-plan.ts'
export type { MigrationInstruction } from './migration/migration-plan.ts'
export { validatePlan } from './migration/validate-plan.ts'
export type { JobDeclaration, Timer } from './model/job-declaration.ts'
export type { Flow, Node } from './model/node.ts'
export type { ProcessModel, Start } from './model/process-model.ts'
export { project, type RowSets } from './projection.ts'
export * from './projection-rows.ts'
export { decode, encode, familyOf } from './snapshot.ts'
export type * from './state.ts'
export { step } from './step.ts'
export type { Effect, StepResult } from './step-result.ts'
export type { Value, ValueType, Variables } from './value.ts'
