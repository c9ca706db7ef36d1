import type { Migration } from '../database/migrate.ts'

/** Versions of periodic reports (snapshots), corrections by hand and comments at cells. */
export const migration: Migration = {
  id: '502-reports',
  up: async ({ run, types }) => {
    const { id, text, json, instant, int, longText } = types
    await run(`create table report_version (
      report_version_id ${id} not null primary key,
      county_code ${text(12)} not null,
      report_id ${text(64)} not null,
      unit_id ${id} not null,
      period ${text(10)} not null,
      version ${int} not null,
      state ${text(16)} not null,
      definition_version ${int} not null,
      frozen_at ${instant} null,
      cells ${json} null,
      own_cells ${json} null,
      details ${json} null,
      seen ${json} null,
      unconfirmed ${json} null,
      filled_by ${id} null,
      signed_by ${id} null,
      signed_at ${instant} null,
      decided_by ${id} null,
      decided_at ${instant} null
    )`)
    // one version of one unit's period; also reads a report whole
    await run('create unique index idx_report_version__version on report_version (county_code, report_id, unit_id, period, version)')
    await run(`create table report_override (
      report_override_id ${id} not null primary key,
      county_code ${text(12)} not null,
      report_id ${text(64)} not null,
      unit_id ${id} not null,
      period ${text(10)} not null,
      column_key ${text(64)} not null,
      old_value ${types.long} not null,
      new_value ${types.long} not null,
      reason ${longText} not null,
      person_id ${id} not null,
      at ${instant} not null,
      ended_at ${instant} null
    )`)
    await run('create index idx_report_override__report on report_override (county_code, report_id, unit_id, period)')
    await run(`create table report_comment (
      report_comment_id ${id} not null primary key,
      county_code ${text(12)} not null,
      report_id ${text(64)} not null,
      unit_id ${id} not null,
      period ${text(10)} not null,
      column_key ${text(64)} not null,
      words ${longText} not null,
      person_id ${id} not null,
      at ${instant} not null,
      ended_at ${instant} null
    )`)
    await run('create index idx_report_comment__report on report_comment (county_code, report_id, unit_id, period)')
  },
}
