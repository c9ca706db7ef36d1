import type { Migration } from '../database/migrate.ts'

/**
 * Operations on many things that the REST API runs in the background: a batch, its items that are not done yet, and its history.
 * An item is done in the transaction that deletes it.
 */
export const migration: Migration = {
  id: '102-engine-batches',
  up: async ({ run, types }) => {
    const { id, text, longText, json, int, bool, instant } = types
    await run(`create table ru_batch (
      batch_id ${id} not null primary key, type ${id} not null, total_jobs ${int} not null, request ${json} not null,
      started_at ${instant} not null, user_id ${text(255)}, tenant_id ${id}, suspended ${bool} not null)`)
    await run(`create table ru_batch_item (
      batch_id ${id} not null, item_id ${id} not null, attempts ${int} not null, error ${longText}, primary key (batch_id, item_id))`)
    await run(`create table hi_batch (
      batch_id ${id} not null primary key, type ${id} not null, total_jobs ${int} not null, started_at ${instant} not null,
      ended_at ${instant}, removal_at ${instant}, user_id ${text(255)}, tenant_id ${id})`)
  },
}
