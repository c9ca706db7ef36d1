import type { Migration } from '../database/migrate.ts'

/** Documents that were made of records, and what was answered to tasks of machines. */
export const migration: Migration = {
  id: '503-documents',
  up: async ({ run, types }) => {
    const { id, text, instant, int, bytes, json } = types
    await run(`create table document (
      document_id ${id} not null primary key,
      county_code ${text(12)} not null,
      record_id ${id} not null,
      purpose ${text(120)} not null,
      name ${text(200)} not null,
      title ${text(200)} not null,
      format ${text(8)} not null,
      size ${int} not null,
      sha256 ${text(64)} not null,
      content ${bytes} not null,
      created_at ${instant} not null
    )`)
    // the documents of a record, and: made once for one purpose
    await run('create unique index idx_document__record_id on document (record_id, purpose)')
    await run(`create table machine_answer (
      task_id ${id} not null primary key,
      topic ${text(60)} not null,
      answer ${json} not null,
      answered_at ${instant} not null
    )`)
  },
}
