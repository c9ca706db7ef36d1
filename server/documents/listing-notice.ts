import { dayOf, type Organisation } from '../organisation/index.ts'
import type { RecordRow } from '../records/index.ts'

const LEVELS: Readonly<Record<string, string>> = {
  TOWN: '镇级',
  COUNTY_BUREAU: '县级部门',
  COMMITTEE_OFFICE: '县安委办',
  COUNTY_GOV: '县政府',
}

interface NoticeSources {
  readonly organisation: Organisation
  readonly criterionLabel: (countyCode: string, code: string) => Promise<string>
}

/** What 挂牌督办通知书 says: the values of its template, from the hazard, its listing and the people in charge. */
export async function listingNoticeValues(
  { organisation, criterionLabel }: NoticeSources,
  hazard: RecordRow,
  listing: RecordRow | null,
  now: number,
): Promise<Readonly<Record<string, string>>> {
  const { countyCode } = hazard
  const county = await organisation.places.county(countyCode)
  const enterprise = hazard.enterpriseId === null ? null : await organisation.places.enterprise(countyCode, hazard.enterpriseId)
  const town = hazard.townId === null ? null : await organisation.places.unit(countyCode, hazard.townId)
  const own = listing?.data ?? {}
  const people = await organisation.people.peopleByIds(
    countyCode,
    [own.leaderId, own.officerId].filter((id) => typeof id === 'string'),
  )
  const nameOf = (id: unknown) => (typeof id === 'string' ? (people.get(id)?.name ?? '') : '')
  const agency = text(own.listingOrg) || `${county?.name ?? ''}应急管理局`
  const report = (hazard.data.report ?? {}) as Readonly<Record<string, unknown>>
  const dueDate = text(own.dueDate) || text(hazard.data.dueDate) || (hazard.dueAt === null ? '' : dayOf(hazard.dueAt - 1))
  const clause = text(hazard.data.judgeBasis) || text(report.judgeClause)
  const description = text(report.situation) || text(hazard.data.description)
  return {
    agency,
    documentNo: text(own.listingNo),
    enterpriseName: enterprise?.name ?? '',
    hazardNo: hazard.number,
    location: text(hazard.data.location),
    description: sentence(description),
    judgeBasis: clause === '' ? '' : await criterionLabel(countyCode, clause),
    requirement: sentence(text(own.requirement) || '制定并落实整改方案，消除隐患，整改期间落实管控措施'),
    dueOn: chineseDay(dueDate),
    listingOrg: agency,
    listingLevel: LEVELS[text(own.listingLevel)] ?? text(own.listingLevel),
    batchNo: text(own.batchNo) || '1',
    leader: nameOf(own.leaderId),
    officer: nameOf(own.officerId),
    issuedOn: chineseDay(dayOf(now)),
    copies: [town?.name, `${county?.name ?? ''}安全生产委员会办公室`].filter((one) => one !== undefined).join('，'),
  }
}

const text = (value: unknown): string => (typeof value === 'string' ? value : typeof value === 'number' ? String(value) : '')
const sentence = (words: string) => (words === '' || /[。！？]$/.test(words) ? words : `${words}。`)

/** 2023年12月31日 */
export function chineseDay(day: string): string {
  return /^\d{4}-\d\d-\d\d$/.test(day) ? `${Number(day.slice(0, 4))}年${Number(day.slice(5, 7))}月${Number(day.slice(8, 10))}日` : day
}
