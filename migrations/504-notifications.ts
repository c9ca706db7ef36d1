import type { Migration } from '../database/migrate.ts'

/** What people are told, what leaves by mail, and which reminders went out. */
export const migration: Migration = {
  id: '504-notifications',
  up: async ({ run, types }) => {
    const { id, text, instant, int, longText } = types
    await run(`create table notification (
      notification_id ${id} not null primary key,
      county_code ${text(12)} not null,
      person_id ${id} not null,
      notice ${text(60)} not null,
      title ${text(200)} not null,
      words ${longText} not null,
      record_number ${text(64)} null,
      purpose ${text(200)} not null,
      created_at ${instant} not null,
      read_at ${instant} null
    )`)
    // one person's, newest first
    await run('create index idx_notification__person_id on notification (person_id, created_at)')
    // the same thing is told once
    await run('create unique index idx_notification__purpose on notification (person_id, purpose)')
    // created_at, next_at and sent_at are of the machine's clock
    await run(`create table mail (
      mail_id ${id} not null primary key,
      recipient ${text(200)} not null,
      subject ${text(200)} not null,
      words ${longText} not null,
      attempts ${int} not null,
      next_at ${instant} not null,
      claim ${text(64)} null,
      last_error ${longText} null,
      created_at ${instant} not null,
      sent_at ${instant} null,
      given_up_at ${instant} null
    )`)
    // what is due to leave
    await run('create index idx_mail__next_at on mail (sent_at, given_up_at, next_at)')
    await run(`create table reminder (
      subject ${text(160)} not null,
      rule ${text(60)} not null,
      due_at ${instant} not null,
      sent_at ${instant} not null,
      primary key (subject, rule, due_at)
    )`)
  },
}
