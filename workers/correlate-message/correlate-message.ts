import type { TopicWorker } from '../topic-worker.ts'

/** Throws messages between procedures, which portable models cannot do by themselves (architecture.md D3). Many tries: a receiver may be late. */
export const correlateMessage: TopicWorker = { topic: 'correlate-message', attempts: 10, retryMs: 3_000 }
