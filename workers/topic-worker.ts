import type { Topic } from '../contracts/external-topics.ts'

/** How tasks of one topic are worked: what differs between topics is their patience. The work itself is a use case of the application. */
export interface TopicWorker {
  readonly topic: Topic
  /** How often a refused task is tried before it becomes an incident. */
  readonly attempts: number
  /** Wait after the first failure; doubled after each further one. */
  readonly retryMs: number
  /** Longer than the work can take: another worker may take over when it is over. */
  readonly lockMs?: number
}
