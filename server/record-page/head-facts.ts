import type { RecordPage } from '../../contracts/api/records.ts'
import { industryTitle, type Organisation, POSITIONS, type PositionKey } from '../organisation/index.ts'
import type { RecordRow } from '../records/index.ts'

const text = (value: unknown): string => (typeof value === 'string' ? value : '')

/** What stands in one line below the title, in the order of the page. */
export async function headFacts(
  { people, places }: Organisation,
  record: RecordRow,
  listing: RecordRow | null,
  criterionLabel: (countyCode: string, code: string) => Promise<string>,
): Promise<RecordPage['facts']> {
  const { countyCode, data } = record
  const [enterprise, town, owner, criterion] = await Promise.all([
    record.enterpriseId === null ? null : places.enterprise(countyCode, record.enterpriseId),
    record.townId === null ? null : places.unit(countyCode, record.townId),
    text(data.ownerId) === '' ? null : people.personById(countyCode, text(data.ownerId)),
    text(data.judgeBasis) === '' ? '' : criterionLabel(countyCode, text(data.judgeBasis)),
  ])
  const facts: [string, string][] = [
    ['企业', enterprise?.name ?? ''],
    ['所在镇', town?.name ?? ''],
    ['行业', enterprise ? industryTitle(enterprise.industry) : ''],
    ...(record.kind === 'hazard' ? hazardFacts(record, listing, owner?.name ?? '', criterion) : []),
  ]
  return facts.flatMap(([label, value]) => (value === '' ? [] : [{ label, value }]))
}

function hazardFacts(hazard: RecordRow, listing: RecordRow | null, ownerName: string, criterion: string): [string, string][] {
  const { data } = hazard
  return [
    ['部位', text(data.location)],
    ['整改期限', text(data.dueDate) === '' ? '' : `${text(data.dueDate)} 前`],
    ['挂牌督办', listing ? listingOrg(listing) : hazard.level === 'MAJOR' ? '待挂牌' : ''],
    ['责任人', ownerName],
    ['资金', fund(data)],
    ['判定依据', criterion],
    ['作废原因', hazard.status === 'VOID' ? text(data.voidReason) : ''],
  ]
}

function listingOrg(listing: RecordRow): string {
  const org = text(listing.data.listingOrg)
  const title = org in POSITIONS ? POSITIONS[org as PositionKey].title : org
  return [title, text(listing.data.listingNo)].filter((part) => part !== '').join(' ')
}

/** Planned and spent, in 万元 with two decimals; money is held in fen or typed in 万元, as the form says. */
function fund(data: RecordRow['data']): string {
  const five = data.five as { fundWan?: unknown } | undefined
  const acceptance = data.acceptance as { spentWan?: unknown } | undefined
  const words = [acceptance?.spentWan, five?.fundWan].flatMap((value) => (typeof value === 'number' ? [value.toFixed(2)] : []))
  return words.length === 0 ? '' : `${words.join(' / ')} 万元`
}
