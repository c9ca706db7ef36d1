import { performance } from 'node:perf_hooks'
import type { Database } from '../database/database.ts'
import { migrate } from '../database/migrate.ts'
import { openDatabase } from '../database/open-database.ts'
import { migrations } from '../migrations/index.ts'
import { campaigns } from '../server/ledgers/campaign.ts'
import { factsOfCampaign } from '../server/ledgers/fact-store.ts'
import { ReportBook } from '../server/ledgers/reports/report-book.ts'
import { reportsOf } from '../server/ledgers/reports/report-definition.ts'

// node --import tsx benchmarks/report.ts [FACTS …]: what it costs to read the facts of a campaign and to count the county's report
// from them, ten towns, four periods, all cells with their rows and totals. One JSON line per figure.
const COUNTY = '140525'
const sizes = process.argv.slice(2).map(Number)
const TOWNS = Array.from({ length: 10 }, (_, i) => `town${i}`)

const definition = reportsOf(COUNTY)[0]
const campaign = campaigns().find((one) => one.countyCode === COUNTY)
if (!definition || !campaign) throw new Error('the county has no report')

for (const size of sizes.length > 0 ? sizes : [1_000, 10_000, 100_000]) {
  const database = await openDatabase('sqlite::memory:')
  await migrate(database, migrations)
  await fill(database, size, campaign.id)
  const readMs: number[] = []
  const countMs: number[] = []
  for (let round = 0; round < 5; round++) {
    const started = performance.now()
    const facts = await factsOfCampaign(database, COUNTY, campaign.id, Number.MAX_SAFE_INTEGER)
    const read = performance.now()
    const now = Date.parse('2024-02-11T00:00:00+08:00')
    const book = new ReportBook({
      definition,
      campaign,
      facts,
      entries: { versions: [], overrides: [], comments: [] },
      townIds: TOWNS,
      now,
    })
    const period = book.periods[3]
    if (!period) throw new Error('the campaign has four periods')
    for (const unit of [COUNTY, ...TOWNS]) for (const column of book.columns) book.total(unit, period, column)
    book.details(COUNTY, period, new Map())
    readMs.push(read - started)
    countMs.push(performance.now() - read)
  }
  console.log(JSON.stringify({ work: 'campaign-report', facts: size, readMs: median(readMs), countMs: median(countMs) }))
  await database.close()
}

/** One hazard in ten is major; each gives a signature, a closing, and a check of its enterprise. */
async function fill(database: Database, size: number, campaignId: string): Promise<void> {
  const from = Date.parse('2023-11-03T00:00:00+08:00')
  const span = Date.parse('2024-02-10T00:00:00+08:00') - from
  await database.transaction(async (tx) => {
    for (let i = 0; i < size; i++) {
      const hazard = Math.floor(i / 3)
      const isMajor = hazard % 10 === 0
      const type = ['check.finished', isMajor ? 'hazard.confirmed' : 'hazard.signed', 'hazard.closed'][i % 3] ?? ''
      const attributes = { layer: 'PLANT', level: isMajor ? 'MAJOR' : 'GENERAL', description: '采场边坡未按设计分台阶开采，坡面有浮石' }
      tx.write(
        `insert into fact (fact_id, type, county_code, unit_id, town_id, enterprise_id, record_id, hazard_no, campaign_id, attributes, counted_at)
        values (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)`,
        [
          `f${i}`,
          type,
          COUNTY,
          TOWNS[hazard % 10] ?? '',
          TOWNS[hazard % 10] ?? '',
          `e${hazard % 200}`,
          `h${hazard}`,
          `泽州-2023-${hazard}`,
          campaignId,
          JSON.stringify(attributes),
          from + Math.floor((span * i) / size),
        ],
      )
    }
  })
}

function median(values: readonly number[]): number {
  return Math.round((values.toSorted((a, b) => a - b)[Math.floor(values.length / 2)] ?? 0) * 10) / 10
}
