import type { Migration } from '../database/migrate.ts'

/** Accounts, sessions, failed logins, machine accounts. Times are epoch ms of the machine's clock. */
export const migration: Migration = {
  id: '202-identity',
  async up({ run, types }) {
    const { id, text, instant, bool } = types
    await run(`create table account (
      account_id ${id} not null primary key,
      county_id ${id} not null,
      person_id ${id} not null,
      account_name ${text(64)} not null,
      password_hash ${text(255)} not null,
      must_change_password ${bool} not null,
      disabled ${bool} not null,
      created_at ${instant} not null
    )`)
    await run('create unique index idx_account__name on account (county_id, account_name)')
    // account of a person
    await run('create index idx_account__person_id on account (person_id)')
    // The key is the hash of the cookie's token: whoever reads the table cannot sign in with it.
    await run(`create table login_session (
      login_session_id ${id} not null primary key,
      account_id ${id} not null,
      csrf_token ${text(64)} not null,
      created_at ${instant} not null,
      seen_at ${instant} not null
    )`)
    await run('create index idx_login_session__account_id on login_session (account_id)')
    await run(`create table login_failure (
      login_failure_id ${id} not null primary key,
      county_id ${id} not null,
      account_name ${text(64)} not null,
      failed_at ${instant} not null
    )`)
    // failures of this name within the window
    await run('create index idx_login_failure__name on login_failure (county_id, account_name, failed_at)')
    // failures that no longer count
    await run('create index idx_login_failure__failed_at on login_failure (failed_at)')
    // Tries at names of one stripe are counted one after the other; a row for each name would let strangers fill the table.
    await run(`create table login_stripe (
      login_stripe_id ${types.int} not null primary key,
      tries ${types.long} not null
    )`)
    await run(`create table machine_account (
      machine_account_id ${id} not null primary key,
      name ${text(64)} not null,
      token_hash ${text(64)} not null,
      tenants ${types.json} not null,
      member_of ${types.json} not null,
      grants ${types.json} not null,
      is_admin ${bool} not null,
      created_at ${instant} not null
    )`)
    // whose token this is
    await run('create unique index idx_machine_account__token_hash on machine_account (token_hash)')
    await run('create unique index idx_machine_account__name on machine_account (name)')
  },
}
