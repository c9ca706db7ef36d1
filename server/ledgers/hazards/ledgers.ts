import type { LedgerPage } from '../../../contracts/api/ledgers.ts'
import type { Database } from '../../../database/database.ts'
import { Refusal } from '../../http/problem.ts'
import type { Actor } from '../../identity/actor.ts'
import { type Clock, dayOf, type Organisation } from '../../organisation/index.ts'
import type { Records } from '../../records/index.ts'
import { exportTable } from '../export-table.ts'
import { factsOf } from '../fact-store.ts'
import { makeNumberRegister, NUMBER_REGISTER } from '../numbers/number-register.ts'
import { type HazardLine, hazardLine, type Names } from './hazard-line.ts'
import { LEDGERS, type LedgerDefinition, peopleOf } from './ledger-definition.ts'
import { cellsOf, type LedgerQuery, ledgerPageOf, selectLines } from './ledger-page.ts'

/** Ledgers, each reader seeing what he may see of the records. An unknown ledger is not found; the register of numbers is for officials. */
export interface HazardLedgers {
  list(actor: Actor): readonly { id: string; title: string; hint: string }[]
  page(actor: Actor, id: string, query: LedgerQuery): Promise<LedgerPage>
  export(actor: Actor, id: string, query: LedgerQuery): Promise<{ name: string; content: Uint8Array }>
}

export function makeHazardLedgers({
  database,
  organisation,
  records,
  clock,
}: {
  database: Database
  organisation: Organisation
  records: Records
  clock: Clock
}): HazardLedgers {
  const register = makeNumberRegister({ organisation, records, clock })
  const isRegister = (actor: Actor, id: string) => id === NUMBER_REGISTER.id && actor.kind !== 'enterprise'

  async function read(actor: Actor, id: string): Promise<{ ledger: LedgerDefinition; lines: readonly HazardLine[]; names: Names }> {
    const ledger = LEDGERS.find((one) => one.id === id)
    if (!ledger) throw new Refusal('not-found')
    const { countyCode } = actor
    const rows = await records.store.list(actor, { kinds: ['hazard'], limit: 5000 })
    const enterprises = await organisation.places.enterprises(countyCode)
    const towns = await organisation.places.towns(countyCode)
    const listed = await factsOf(database, countyCode, { type: 'hazard.listed', limit: 10_000 })
    const places: Names = {
      enterprises: new Map(enterprises.map((one) => [one.id, one])),
      towns: new Map(towns.map((one) => [one.id, one.name])),
      people: new Map(),
      listings: new Map(listed.toReversed().map((fact) => [fact.hazardNo ?? '', String(fact.attributes.org ?? '')])),
    }
    const now = clock.now()
    const lines = rows.map((row) => hazardLine(row, places, now))
    const people = await organisation.people.peopleByIds(countyCode, lines.flatMap(peopleOf))
    return { ledger, lines, names: { ...places, people } }
  }

  return {
    list: (actor) => [
      ...LEDGERS.map(({ id, title, hint }) => ({ id, title, hint })),
      ...(actor.kind === 'enterprise' ? [] : [NUMBER_REGISTER]),
    ],

    async page(actor, id, query) {
      if (isRegister(actor, id)) return register.page(actor, query)
      const { ledger, lines, names } = await read(actor, id)
      return ledgerPageOf(ledger, lines, query, names, clock.now())
    },

    async export(actor, id, query) {
      if (isRegister(actor, id)) return register.export(actor, query)
      const { ledger, lines, names } = await read(actor, id)
      const county = await organisation.places.county(actor.countyCode)
      const place = names.enterprises.get(query.enterprise ?? '')?.name ?? names.towns.get(query.town ?? '') ?? county?.name ?? ''
      const day = dayOf(clock.now())
      const rows = selectLines(ledger, lines, query, clock.now()).map((line, index) => cellsOf(ledger, line, index + 1, names))
      const content = await exportTable({ title: ledger.title, place, day, columns: ledger.columns, rows })
      return { name: `${ledger.title}-${place}-${day}.xlsx`, content }
    },
  }
}
