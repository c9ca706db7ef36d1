import type { Migration } from '../database/migrate.ts'

/** Forms of the counties: published versions, never changed, and one draft per form. */
export const migration: Migration = {
  id: '401-forms',
  async up({ run, types }) {
    const { id, text, instant, json, int } = types
    await run(`create table form_version (
      county_code ${text(12)} not null,
      form_key ${text(60)} not null,
      version ${int} not null,
      title ${text(60)} not null,
      schema_json ${json} not null,
      hash ${text(64)} not null,
      note ${text(500)} not null,
      published_by ${id} not null,
      published_at ${instant} not null,
      primary key (county_code, form_key, version)
    )`)
    await run(`create table form_draft (
      county_code ${text(12)} not null,
      form_key ${text(60)} not null,
      title ${text(60)} not null,
      schema_json ${json} not null,
      revision ${int} not null,
      saved_by ${id} not null,
      saved_at ${instant} not null,
      primary key (county_code, form_key)
    )`)
  },
}
