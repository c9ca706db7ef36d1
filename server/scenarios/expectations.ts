import { isDeepStrictEqual } from 'node:util'
import { Refusal } from '../http/problem.ts'
import { activeNodes } from './active-nodes.ts'
import { type Expectation, ScenarioFailure } from './scenario.ts'
import type { World } from './world.ts'

/** Throws `ScenarioFailure` that names what was expected and what was found. */
export async function checkExpectation(world: World, expected: Expectation): Promise<void> {
  for (const [kind, check] of Object.entries(CHECKS)) {
    const value = expected[kind as keyof typeof CHECKS]
    if (value !== undefined) await (check as (world: World, value: unknown) => Promise<void>)(world, value)
  }
}

function same(what: string, expected: unknown, found: unknown): void {
  if (!isDeepStrictEqual(expected, found))
    throw new ScenarioFailure(`${what}: expected ${JSON.stringify(expected)}, found ${JSON.stringify(found)}`)
}

type Of<K extends keyof Expectation> = NonNullable<Expectation[K]>

const CHECKS = {
  async inbox(world: World, { as, count, node, of }: Of<'inbox'>) {
    const open = await world.application.features.approval.inbox.open(world.actor(as))
    const record = of === undefined ? null : await world.record(of)
    const found = open.filter(({ run }) => (node === undefined || run.nodeId === node) && (record === null || run.recordId === record.id))
    same(`inbox of ${as}${node ? ` at ${node}` : ''}`, count, found.length)
  },

  async record(world: World, { of, status, level, flags, number, dueDate, data }: Of<'record'>) {
    const record = await world.record(of)
    if (status !== undefined) same(`status of ${of}`, status, record.status)
    if (level !== undefined) same(`level of ${of}`, level, record.level)
    if (number !== undefined) same(`number of ${of}`, number, record.number)
    if (flags !== undefined) same(`flags of ${of}`, [...flags].sort(), [...record.flags].sort())
    if (dueDate !== undefined) same(`due date of ${of}`, dueDate, record.data.dueDate)
    for (const [path, value] of Object.entries(data ?? {})) same(`${path} of ${of}`, value, at(record.data, path))
  },

  async task(world: World, { of, node, as, open, seat: ordinal, round, blocked, changes, fields }: Of<'task'>) {
    const { approval } = world.application.features
    const record = await world.record(of)
    const all = (await approval.runsOf(record)).flatMap(({ run, seats }) => seats.map((seat) => ({ run, seat })))
    const here = all.filter(
      ({ run, seat }) => run.nodeId === node && seat.state === 'OPEN' && (ordinal === undefined || seat.ordinal === ordinal),
    )
    const mine =
      as === undefined
        ? here
        : (await approval.inbox.open(world.actor(as))).filter(({ seat }) => here.some((one) => one.seat.id === seat.id))
    same(`open task ${node} of ${of}${as ? ` for ${as}` : ''}`, open, mine.length > 0)
    if (round !== undefined) same(`round of ${node}`, round, mine.at(-1)?.run.round)
    const last = mine.at(-1)
    if (as === undefined || !last) return
    const page = await approval.taskPage(world.actor(as), last.seat.id)
    if (blocked !== undefined && !page.blocked.some((one) => one.outcome === blocked))
      throw new ScenarioFailure(`${blocked} is not blocked at ${node}`)
    for (const field of changes ?? [])
      if (!page.changes.some((one) => one.field === field))
        throw new ScenarioFailure(`the page of ${node} does not show that ${field} changed`)
    for (const [path, value] of Object.entries(fields ?? {}))
      same(`${path} on the page of ${node}`, value, at(page.form?.values ?? {}, path))
  },

  async report(world: World, { id, unit, period, row, cells }: Of<'report'>) {
    const found = await world.application.features.ledgers.reports.figures({
      countyCode: world.countyCode,
      reportId: id,
      unit: world.placeId(unit),
      period,
      row,
    })
    same(`${id} of ${unit}, ${period}, ${row}`, cells, Object.fromEntries(Object.keys(cells).map((key) => [key, found[key]])))
  },

  async ledger(world: World, { id, as, count, view }: Of<'ledger'>) {
    const page = await world.application.features.ledgers.hazards.page(world.actor(as), id, view === undefined ? {} : { view })
    same(`ledger ${id} of ${as}`, count, page.total)
  },

  async fact(world: World, { type, of, count, attributes }: Of<'fact'>) {
    const facts = await world.application.features.ledgers.facts(world.countyCode, { type, limit: 5000 })
    const number = of === undefined ? null : (await world.record(of)).number
    const record = of === undefined ? null : await world.record(of)
    const found = facts.filter(
      (fact) =>
        (number === null || fact.hazardNo === number || fact.recordId === record?.id) &&
        Object.entries(attributes ?? {}).every(([key, value]) => isDeepStrictEqual(fact.attributes[key], value)),
    )
    same(`facts ${type}${of ? ` of ${of}` : ''}`, count, found.length)
  },

  async document(world: World, { of, count, title }: Of<'document'>) {
    const documents = await world.application.features.documents.ofRecords([(await world.record(of)).id])
    same(`documents of ${of}`, count, documents.length)
    if (title !== undefined && !documents.some((one) => one.title === title))
      throw new ScenarioFailure(`no document ${title}, but ${documents.map((one) => one.title).join(', ')}`)
  },

  async notification(world: World, { as, count, notice, of }: Of<'notification'>) {
    const number = of === undefined ? null : (await world.record(of)).number
    const told = await world.application.features.notifications.of(world.countyCode, world.personId(as))
    same(
      `notices ${notice ?? ''} of ${as}`,
      count,
      told.filter((one) => (notice === undefined || one.notice === notice) && (number === null || one.recordNumber === number)).length,
    )
  },

  async visible(world: World, { of, as, is }: Of<'visible'>) {
    const record = await world.record(of)
    const seen = await world.application.features.records.store.see(world.actor(as), record.number).then(
      () => true,
      (error: unknown) => {
        if (error instanceof Refusal && error.code === 'not-found') return false
        throw error
      },
    )
    same(`${of} is visible to ${as}`, is, seen)
  },

  async active(world: World, { of, nodes }: Of<'active'>) {
    same(`nodes with a token of ${of}`, [...nodes].sort(), await activeNodes(world, of))
  },

  async ended(world: World, { of }: Of<'ended'>) {
    same(`nodes with a token of ${of}`, [], await activeNodes(world, of))
  },

  async incidents(world: World, { count }: Of<'incidents'>) {
    const found = await world.application.features.engine.incidents.list({ tenantId: world.countyCode })
    same(`incidents ${found.map((one) => one.message).join('; ')}`, count, found.length)
  },
}

function at(data: unknown, path: string): unknown {
  return path
    .split('.')
    .reduce<unknown>(
      (value, key) => (typeof value === 'object' && value !== null ? (value as Record<string, unknown>)[key] : undefined),
      data,
    )
}
