import type { Migration } from '../database/migrate.ts'

/**
 * What the application keeps when its engine is another server (engine/remote): calls that go out after a commit, ids that were
 * promised before the other server gave its own, and how far its events were told.
 */
export const migration: Migration = {
  id: '103-remote-engine',
  up: async ({ run, types }) => {
    const { id, text, longText, json, int, instant } = types
    await run(`create table engine_outbox (
      outbox_id ${id} not null primary key, call_name ${text(64)} not null, args ${json} not null, instance_id ${id},
      activity_id ${text(255)}, tenant_id ${id},
      attempts ${int} not null, error ${longText}, failed_at ${instant}, created_at ${instant} not null)`)
    await run('create index idx_engine_outbox__instance on engine_outbox (instance_id)')
    await run(`create table engine_alias (local_id ${id} not null primary key, remote_id ${id})`)
    await run('create index idx_engine_alias__remote on engine_alias (remote_id)')
    // event: null once it was told; the whole event, with the error, where a listener could not handle it.
    await run(`create table engine_feed_event (
      event_key ${id} not null primary key, at ${instant} not null, event ${json}, error ${longText}, failed_at ${instant})`)
    await run('create index idx_engine_feed_event__at on engine_feed_event (at)')
    await run(`create table engine_open_task (task_id ${id} not null primary key)`)
    await run(`create table engine_lease (name ${id} not null primary key, owner ${id} not null, until_at ${instant} not null)`)
  },
}
