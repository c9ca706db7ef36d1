import type { TopicWorker } from '../topic-worker.ts'

/** Writes the annex of an issued report as .xlsx and keeps it with the report's record. */
export const exportReport: TopicWorker = { topic: 'export', attempts: 5, retryMs: 10_000, lockMs: 120_000 }
