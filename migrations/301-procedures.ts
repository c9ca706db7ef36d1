import type { Migration } from '../database/migrate.ts'

/** Published procedures of each county, and drafts of those to come. */
export const migration: Migration = {
  id: '301-procedures',
  async up({ run, types }) {
    const { id, text, instant, json, int, longText } = types
    await run(`create table procedure_package (
      package_version_id ${id} not null primary key,
      county_code ${text(12)} not null,
      package_id ${text(60)} not null,
      version ${int} not null,
      deployment_id ${id} not null,
      slots ${json} not null,
      note ${text(500)} not null,
      published_at ${instant} not null,
      published_by ${id} not null
    )`)
    // the newest version of a county's package; two administrators cannot publish the same one
    await run('create unique index idx_procedure_package__version on procedure_package (county_code, package_id, version)')
    await run(`create table procedure_definition (
      definition_id ${id} not null primary key,
      package_version_id ${id} not null,
      county_code ${text(12)} not null,
      procedure_id ${text(60)} not null,
      version ${int} not null,
      xml ${longText} not null
    )`)
    // the current version and the history of one procedure
    await run('create index idx_procedure_definition__procedure_id on procedure_definition (county_code, procedure_id)')
    await run(`create table procedure_draft (
      county_code ${text(12)} not null,
      procedure_id ${text(60)} not null,
      xml ${longText} not null,
      slots ${json} not null,
      saved_at ${instant} not null,
      saved_by ${id} not null,
      primary key (county_code, procedure_id)
    )`)
  },
}
