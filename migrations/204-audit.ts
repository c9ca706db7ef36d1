import type { Migration } from '../database/migrate.ts'

/** The audit of each county: append-only, each event holding the hash of the one before. */
export const migration: Migration = {
  id: '204-audit',
  async up({ run, types }) {
    const { id, text, instant, json, long } = types
    await run(`create table audit_event (
      county_id ${id} not null,
      seq ${long} not null,
      at ${instant} not null,
      person_id ${id} null,
      on_behalf_of ${id} null,
      action ${text(80)} not null,
      subject ${text(200)} not null,
      data ${json} not null,
      previous_hash ${text(64)} not null,
      hash ${text(64)} not null,
      primary key (county_id, seq)
    )`)
    // what happened to this subject
    await run('create index idx_audit_event__subject on audit_event (county_id, subject)')
    await run(`create table audit_head (
      county_id ${id} not null primary key,
      seq ${long} not null,
      hash ${text(64)} not null
    )`)
  },
}
