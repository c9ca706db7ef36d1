import type { TopicWorker } from '../topic-worker.ts'

/** Fills a notice's template and keeps the .docx with its record. */
export const document: TopicWorker = { topic: 'document', attempts: 5, retryMs: 10_000, lockMs: 60_000 }
