import type { Migration } from '../database/migrate.ts'

/** Runs and seats of approval nodes, signatures, drafts, and answers given to requests. */
export const migration: Migration = {
  id: '302-approval',
  async up({ run, types }) {
    const { id, text, instant, json, int, bool, longText } = types
    await run(`create table approval_instance (
      root_instance_id ${id} not null primary key,
      county_code ${text(12)} not null,
      forms ${json} not null,
      started_at ${instant} not null
    )`)
    await run(`create table approval_run (
      run_id ${id} not null primary key,
      county_code ${text(12)} not null,
      task_id ${id} not null,
      instance_id ${id} not null,
      root_instance_id ${id} not null,
      definition_id ${id} not null,
      procedure_id ${text(60)} not null,
      node_id ${text(120)} not null,
      node_name ${text(200)} not null,
      record_id ${id} not null,
      round ${int} not null,
      policy ${json} not null,
      state ${text(12)} not null,
      outcome ${text(60)} null,
      started_at ${instant} not null,
      ended_at ${instant} null,
      row_version ${int} not null
    )`)
    // one run per task, however often the engine tells of it
    await run('create unique index idx_approval_run__task_id on approval_run (task_id)')
    // history of a record; rounds of a node
    await run('create index idx_approval_run__record_id on approval_run (record_id, started_at)')
    await run('create index idx_approval_run__instance_id on approval_run (instance_id, node_id)')
    await run(`create table approval_seat (
      seat_id ${id} not null primary key,
      run_id ${id} not null,
      county_code ${text(12)} not null,
      ordinal ${int} not null,
      label ${text(100)} not null,
      state ${text(12)} not null,
      is_held ${bool} not null,
      setting ${json} not null,
      person_id ${id} null,
      position_key ${text(40)} null,
      town_id ${id} null,
      enterprise_id ${id} null,
      excluded ${json} not null,
      why ${text(500)} not null,
      opened_at ${instant} null,
      read_at ${instant} null,
      due_at ${instant} null,
      done_at ${instant} null,
      done_by ${id} null,
      outcome ${text(60)} null,
      opinion ${longText} null,
      signature_id ${id} null,
      form ${json} null
    )`)
    await run('create index idx_approval_seat__run_id on approval_seat (run_id, ordinal)')
    // the inbox: mine by name, and those of my posts
    await run('create index idx_approval_seat__person_id on approval_seat (person_id, state)')
    await run('create index idx_approval_seat__position_key on approval_seat (county_code, state, position_key)')
    // 已办
    await run('create index idx_approval_seat__done_by on approval_seat (done_by, done_at)')
    // seats that nobody may fill: few among those that wait for their turn
    await run('create index idx_approval_seat__is_held on approval_seat (is_held, state)')
    // deadlines
    await run('create index idx_approval_seat__due_at on approval_seat (state, due_at)')
    await run(`create table approval_signature (
      signature_id ${id} not null primary key,
      county_code ${text(12)} not null,
      seat_id ${id} not null,
      record_id ${id} not null,
      person_id ${id} not null,
      image ${longText} not null,
      strokes ${int} not null,
      form_hash ${text(64)} not null,
      signed_at ${instant} not null
    )`)
    await run('create index idx_approval_signature__record_id on approval_signature (record_id)')
    await run(`create table approval_request (
      person_id ${id} not null,
      request_id ${text(64)} not null,
      subject ${text(120)} not null,
      answer ${json} not null,
      at ${instant} not null,
      primary key (person_id, request_id)
    )`)
    await run(`create table approval_draft (
      person_id ${id} not null,
      subject ${text(120)} not null,
      form ${json} not null,
      saved_at ${instant} not null,
      primary key (person_id, subject)
    )`)
  },
}
