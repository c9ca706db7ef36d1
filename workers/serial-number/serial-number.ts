import type { TopicWorker } from '../topic-worker.ts'

/** Gives a document its number, 泽应急督〔2023〕1号: in a row without gaps, once per record. */
export const serialNumber: TopicWorker = { topic: 'serial-number', attempts: 5, retryMs: 5_000 }
