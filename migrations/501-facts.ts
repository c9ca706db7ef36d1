import type { Migration } from '../database/migrate.ts'

/** What happened and may be counted (server/ledgers/fact.ts). Append-only. */
export const migration: Migration = {
  id: '501-facts',
  up: async ({ run, types }) => {
    await run(`create table fact (
      fact_id ${types.id} not null primary key,
      type ${types.text(64)} not null,
      county_code ${types.text(12)} not null,
      unit_id ${types.id} not null,
      town_id ${types.id},
      enterprise_id ${types.id},
      record_id ${types.id},
      hazard_no ${types.text(64)},
      campaign_id ${types.text(64)},
      attributes ${types.json} not null,
      counted_at ${types.instant} not null,
      instance_id ${types.id},
      node_id ${types.id}
    )`)
    // a report reads one campaign of one county up to an instant
    await run('create index idx_fact__county_code__campaign_id__counted_at on fact (county_code, campaign_id, counted_at)')
    // scenarios and boards read one type
    await run('create index idx_fact__county_code__type__counted_at on fact (county_code, type, counted_at)')
    // the facts of one record, and the membership that its next fact inherits
    await run('create index idx_fact__record_id on fact (record_id)')
  },
}
