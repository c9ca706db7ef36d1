import type { ProcessModel } from './model/process-model.ts'

/** A deployed version of a process, as a step sees it. */
export interface Definition {
  readonly id: string
  readonly key: string
  readonly version: number
  readonly versionTag: string | null
  readonly deploymentId: string
  readonly tenantId: string | null
  readonly suspended: boolean
  /** Days for which the history of an ended instance is kept; null: for ever. */
  readonly historyTtl?: number | null
  readonly model: ProcessModel
  /** By declaration key (`ProcessModel.jobs[].key`): the stored job definition with what was set on it. */
  readonly jobDefinitions: Readonly<Record<string, JobDefinition>>
}

export interface JobDefinition {
  readonly id: string
  readonly suspended: boolean
  /** Overrides the model's priority. */
  readonly priority: number | null
}
