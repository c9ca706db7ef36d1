import type { Migration } from '../database/migrate.ts'

/** Counties, their units, people, positions, enterprises and settings. Times are epoch ms of the county's clock. */
export const migration: Migration = {
  id: '201-organisation',
  async up({ run, types }) {
    const { id, text, instant, longText } = types
    await run(`create table county (
      county_id ${id} not null primary key,
      name ${text(60)} not null,
      short_name ${text(20)} not null,
      time_zone ${text(60)} not null
    )`)
    // county_id '' holds the installation's own settings, as clock.offset.
    await run(`create table setting (
      county_id ${id} not null,
      setting_key ${text(120)} not null,
      value ${longText} not null,
      primary key (county_id, setting_key)
    )`)
    await run(`create table unit (
      unit_id ${id} not null primary key,
      county_id ${id} not null,
      parent_unit_id ${id} null,
      kind ${text(30)} not null,
      name ${text(120)} not null,
      short_name ${text(60)} not null,
      sort_order ${types.int} not null
    )`)
    // units of a county in order
    await run('create index idx_unit__county_id on unit (county_id, sort_order)')
    await run(`create table enterprise (
      enterprise_id ${id} not null primary key,
      county_id ${id} not null,
      town_id ${id} not null,
      code ${text(40)} not null,
      name ${text(200)} not null,
      industry ${text(60)} not null,
      address ${text(300)} not null,
      group_name ${text(200)} null,
      state ${text(20)} not null
    )`)
    await run('create unique index idx_enterprise__code on enterprise (county_id, code)')
    // enterprises of a town
    await run('create index idx_enterprise__town_id on enterprise (town_id)')
    await run(`create table person (
      person_id ${id} not null primary key,
      county_id ${id} not null,
      name ${text(60)} not null,
      phone ${text(30)} null,
      email ${text(200)} null
    )`)
    // people picker of a county
    await run('create index idx_person__county_id on person (county_id, name)')
    await run(`create table holding (
      holding_id ${id} not null primary key,
      county_id ${id} not null,
      person_id ${id} not null,
      position_key ${text(40)} not null,
      unit_id ${id} null,
      enterprise_id ${id} null,
      from_at ${instant} not null,
      to_at ${instant} null
    )`)
    // who holds this position now
    await run('create index idx_holding__position on holding (county_id, position_key)')
    // what does this person hold
    await run('create index idx_holding__person_id on holding (person_id)')
  },
}
