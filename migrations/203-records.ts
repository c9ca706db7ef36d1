import type { Migration } from '../database/migrate.ts'

/** Records with their versions, events and links; numbers; attachments. */
export const migration: Migration = {
  id: '203-records',
  async up({ run, types }) {
    const { id, text, instant, json, int, bool } = types
    await run(`create table record (
      record_id ${id} not null primary key,
      county_id ${id} not null,
      number ${text(60)} not null,
      kind ${text(20)} not null,
      title ${text(300)} not null,
      status ${text(20)} not null,
      flags ${text(120)} not null,
      level ${text(20)} null,
      side ${text(12)} not null,
      is_shared ${bool} not null,
      enterprise_id ${id} null,
      town_id ${id} null,
      campaign_id ${text(60)} null,
      due_at ${instant} null,
      original_due_at ${instant} null,
      data ${json} not null,
      created_by ${id} not null,
      created_at ${instant} not null,
      updated_at ${instant} not null,
      row_version ${int} not null
    )`)
    await run('create unique index idx_record__number on record (county_id, number)')
    // ledgers: records of a kind, newest first
    await run('create index idx_record__kind on record (county_id, kind, created_at)')
    // ledger of one enterprise
    await run('create index idx_record__enterprise_id on record (enterprise_id, kind, created_at)')
    // 我发起的
    await run('create index idx_record__created_by on record (created_by, kind, created_at)')
    // deadlines that come
    await run('create index idx_record__due_at on record (due_at)')
    await run(`create table record_version (
      record_id ${id} not null,
      row_version ${int} not null,
      at ${instant} not null,
      person_id ${id} null,
      node_id ${text(120)} null,
      data ${json} not null,
      primary key (record_id, row_version)
    )`)
    await run(`create table record_event (
      record_event_id ${id} not null primary key,
      record_id ${id} not null,
      at ${instant} not null,
      person_id ${id} null,
      kind ${text(40)} not null,
      words ${text(500)} not null,
      data ${json} not null
    )`)
    await run('create index idx_record_event__record_id on record_event (record_id, at)')
    await run(`create table record_link (
      from_record_id ${id} not null,
      to_record_id ${id} not null,
      kind ${text(30)} not null,
      created_at ${instant} not null,
      primary key (from_record_id, to_record_id, kind)
    )`)
    // links that end here
    await run('create index idx_record_link__to on record_link (to_record_id)')
    // people who were asked to act on a record outside their territory, as experts
    await run(`create table record_participant (
      record_id ${id} not null,
      person_id ${id} not null,
      primary key (record_id, person_id)
    )`)
    // what somebody was asked to look at
    await run('create index idx_record_participant__person_id on record_participant (person_id, record_id)')
    await run(`create table number_series (
      county_id ${id} not null,
      series ${text(40)} not null,
      year ${int} not null,
      last_value ${int} not null,
      primary key (county_id, series, year)
    )`)
    await run(`create table document_number (
      county_id ${id} not null,
      series ${text(40)} not null,
      year ${int} not null,
      value ${int} not null,
      purpose ${id} not null,
      assigned_at ${instant} not null,
      voided_at ${instant} null,
      void_reason ${text(500)} null,
      primary key (county_id, series, year, value)
    )`)
    // the same purpose gets the same number again
    await run('create unique index idx_document_number__purpose on document_number (county_id, series, purpose)')
    await run(`create table attachment (
      attachment_id ${id} not null primary key,
      county_id ${id} not null,
      client_id ${text(64)} not null,
      uploaded_by ${id} not null,
      record_id ${id} null,
      name ${text(200)} not null,
      mime ${text(120)} not null,
      size ${int} not null,
      sha256 ${text(64)} not null,
      taken_at ${instant} null,
      place ${text(200)} null,
      uploaded_at ${instant} not null
    )`)
    // a resent upload is the same attachment
    await run('create unique index idx_attachment__client_id on attachment (uploaded_by, client_id)')
    await run('create index idx_attachment__record_id on attachment (record_id)')
  },
}
