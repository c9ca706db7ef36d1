import type { Definition } from './definition.ts'
import type { Failure } from './failure.ts'
import type { Handlers } from './handler.ts'
import type { Value, Variables } from './value.ts'

/** Row numbers of engine.md where the specification and Camunda differ: `true` behaves as Camunda 7. */
export interface CompatFlags {
  /** Row 1: an inclusive join is looked at on arrival only. */
  readonly inclusiveJoinOnArrival: boolean
  /** Row 2: a parallel join counts tokens, not flows. */
  readonly parallelJoinCountsTokens: boolean
  /** Row 30: an uncaught error ends its path as a none end event. */
  readonly uncaughtErrorEnds: boolean
  /** Row 11: no output mappings when an activity is cancelled. */
  readonly skipOutputMappingOnCancel: boolean
  /** The DMN hit policies PRIORITY and OUTPUT ORDER are refused at deployment. */
  readonly camundaHitPolicies: boolean
  /** Row 8: a handler that nobody has registered is refused when it is reached, not at deployment. */
  readonly unknownHandlersDeploy: boolean
  /** A definition's time to live of history cannot be taken away. */
  readonly historyTtlRequired: boolean
  /** Texts of more than 4,000 characters are refused over REST, as by Camunda's columns. */
  readonly shortTexts: boolean
}

export const defaultCompat: CompatFlags = {
  inclusiveJoinOnArrival: false,
  parallelJoinCountsTokens: true,
  uncaughtErrorEnds: true,
  skipOutputMappingOnCancel: false,
  camundaHitPolicies: false,
  unknownHandlersDeploy: false,
  historyTtlRequired: false,
  shortTexts: false,
}

/** Every switch as Camunda 7 behaves: `--compat c7`. */
export const camunda7Compat: CompatFlags = {
  inclusiveJoinOnArrival: true,
  parallelJoinCountsTokens: true,
  uncaughtErrorEnds: true,
  skipOutputMappingOnCancel: false,
  camundaHitPolicies: true,
  unknownHandlersDeploy: true,
  historyTtlRequired: true,
  shortTexts: true,
}

export interface DecisionRef {
  readonly key: string
  readonly binding: 'latest' | 'deployment' | 'version' | 'versionTag'
  readonly version?: number
  readonly versionTag?: string
  readonly deploymentId: string
  readonly tenantId: string | null
}

/** `rows`: one record of output name to value per matched rule, in the hit policy's order. `history` is stored as it is. */
export interface DecisionResult {
  readonly rows: readonly Variables[]
  readonly decisionDefinitionId: string
  readonly history?: unknown
}

/** Everything from outside that a step may see. The same for each run of one step. */
export interface Env {
  readonly now: number
  /** A replayable sequence: the n-th call of a re-run answers the same id. */
  newId(): string
  /** IANA time zone of dates without offset and of cron. */
  readonly zone: string
  readonly compat: CompatFlags
  readonly defaultRetries: number
  /** Default retry time cycle of failed jobs, e.g. `R3/PT5M`; null: at once. */
  readonly retryTimeCycle: string | null
  readonly userId?: string | null
  /** Operations of one step (100,000) after which it counts as an endless loop. */
  readonly stepBudget?: number
  /** Code that models call by name. */
  readonly handlers?: Handlers
  /** Answers undefined when it must be fetched first. */
  evaluateDecision(ref: DecisionRef, variables: Variables): DecisionResult | { readonly failure: Failure } | 'unknown' | undefined
  evaluateFeel?(expression: string, variables: Variables): { readonly value: Value } | { readonly failure: Failure }
}

/** How a call activity names the process that it calls. */
export type DefinitionRef =
  | { readonly by: 'id'; readonly id: string }
  | { readonly by: 'latest'; readonly key: string; readonly tenantId: string | null }
  | { readonly by: 'deployment'; readonly key: string; readonly deploymentId: string; readonly tenantId: string | null }
  | { readonly by: 'version'; readonly key: string; readonly version: number; readonly tenantId: string | null }
  | { readonly by: 'versionTag'; readonly key: string; readonly versionTag: string; readonly tenantId: string | null }

/** The compiled definitions at hand. undefined: not loaded, the step answers `needs`. null: there is none. */
export interface Models {
  resolve(ref: DefinitionRef): Definition | null | undefined
}

/** `family`: all its members, where only some were at hand. */
export type Need =
  | { readonly kind: 'definition'; readonly ref: DefinitionRef }
  | { readonly kind: 'decision'; readonly ref: DecisionRef }
  | { readonly kind: 'family' }
