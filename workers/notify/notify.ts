import type { TopicWorker } from '../topic-worker.ts'

/** Tells the holders of positions, on the site and by mail. Mail has an outbox of its own, so this is short. */
export const notify: TopicWorker = { topic: 'notify', attempts: 5, retryMs: 10_000 }
