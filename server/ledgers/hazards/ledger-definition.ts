import { wan } from '../reports/detail-rows.ts'
import { wordsOf } from '../words-of.ts'
import { dueDay, type HazardLine, LEVEL_LABELS, momentText, type Names, SOURCE_LABELS, stateText } from './hazard-line.ts'

interface Column {
  readonly key: string
  readonly title: string
  readonly width: number
  /** A column of the printed form: it cannot be hidden. */
  readonly locked: boolean
  readonly cell: (line: HazardLine, context: { readonly seq: number; readonly names: Names }) => string
}

interface View {
  readonly id: string
  readonly title: string
  readonly shows: (line: HazardLine, now: number) => boolean
}

export interface LedgerDefinition {
  readonly id: string
  readonly title: string
  readonly hint: string
  readonly belongs: (line: HazardLine) => boolean
  readonly views: readonly View[]
  readonly columns: readonly Column[]
}

const SOON_MS = 7 * 86_400_000
const all: View = { id: 'all', title: '全部', shows: () => true }
const open: View = { id: 'open', title: '未销号', shows: (line) => line.isOpen }
const overdue: View = { id: 'overdue', title: '超期', shows: (line) => line.overdueDays > 0 }
const soon: View = {
  id: 'soon',
  title: '7 天内到期',
  shows: (line, now) => line.isOpen && line.overdueDays === 0 && line.record.dueAt !== null && line.record.dueAt - now <= SOON_MS,
}
const closed: View = { id: 'closed', title: '已销号', shows: (line) => line.record.status === 'CLOSED' }

const column = (key: string, title: string, width: number, cell: Column['cell'], locked = true): Column => ({
  key,
  title,
  width,
  locked,
  cell,
})
const seq = column('seq', '序号', 82, (_, { seq }) => String(seq))
const person = (id: unknown, names: Names) => (typeof id === 'string' ? (names.people.get(id)?.name ?? '') : wordsOf(id))
const fund = (line: HazardLine) => (line.fundFen === null ? '' : wan(line.fundFen))

/** Description, then what is done about it: 整改：…；资金 … 万元。 */
function detailAndPlan(line: HazardLine): string {
  const what = line.description.replace(/[。；\s]+$/, '')
  if (line.measures === '') return `${what}。整改方案待报。`
  return `${what}。整改：${line.measures.replace(/[。；\s]+$/, '')}${line.fundFen === null ? '' : `；资金 ${wan(line.fundFen)} 万元`}。`
}

const majorHazards: LedgerDefinition = {
  id: 'major-hazards',
  title: '重大隐患清单',
  hint: '每项经两级确认的重大隐患：挂牌、整改计划、状态和期限',
  belongs: (line) => line.record.level === 'MAJOR' && line.record.status !== 'VOID',
  views: [open, overdue, soon, closed, all],
  columns: [
    seq,
    column('enterpriseName', '企业名称', 180, (line) => line.enterpriseName),
    column('townName', '所在镇', 74, (line) => line.townName),
    column('industry', '行业类别', 80, (line) => line.industry),
    column('listingOrg', '挂牌督办单位', 106, (line) => line.listingOrg || '待挂牌'),
    column('detailAndPlan', '重大隐患明细及整改计划', 0, detailAndPlan),
    column('status', '状态', 96, stateText, false),
    column('due', '期限', 92, (line) => dueDay(line.record.dueAt), false),
  ],
}

const enterpriseHazards: LedgerDefinition = {
  id: 'enterprise-hazards',
  title: '一企一台账',
  hint: '一家企业的全部隐患，从发现到销号',
  belongs: () => true,
  views: [all, open, overdue, closed],
  columns: [
    seq,
    column('number', '隐患编号', 130, (line) => line.record.number),
    column('enterpriseName', '企业名称', 160, (line) => line.enterpriseName, false),
    column('foundAt', '发现时间', 130, (line) => momentText(line.record.data.foundAt)),
    column('source', '来源', 84, (line) => SOURCE_LABELS[String(line.record.data.source ?? 'SELF')] ?? wordsOf(line.record.data.source)),
    column('foundBy', '检查人', 80, (line, { names }) => person(line.record.data.foundBy ?? line.record.createdBy, names)),
    column('location', '部位', 120, (line) => wordsOf(line.record.data.location)),
    column('description', '描述', 260, (line) => line.description),
    column('level', '级别', 84, (line) => LEVEL_LABELS[line.record.level ?? ''] ?? ''),
    column('owner', '责任人', 80, (line, { names }) => person(line.record.data.ownerId, names)),
    column('measures', '措施', 220, (line) => line.measures || wordsOf(line.record.data.fixNote)),
    column('fundWan', '资金(万元)', 92, fund),
    column('due', '时限', 92, (line) => dueDay(line.record.dueAt)),
    column('plan', '预案', 120, (line) => wordsOf((line.record.data.five as { planId?: unknown } | undefined)?.planId)),
    column('status', '状态', 96, stateText),
    column('acceptedBy', '验收人', 120, (line, { names }) => acceptedBy(line, names)),
    column('closedAt', '销号时间', 130, (line) => momentText(line.closedAt)),
    column('pictures', '照片', 64, (line) => String(pictures(line.record.data.beforePics) + pictures(line.record.data.afterPics))),
  ],
}

/** The ids of the people whose names a ledger prints. */
export function peopleOf(line: HazardLine): readonly string[] {
  const { foundBy, ownerId } = line.record.data
  return [foundBy, ownerId, line.record.createdBy, ...members(line).map((member) => member.personId)].filter((id) => typeof id === 'string')
}

const members = (line: HazardLine): readonly { personId?: unknown }[] => {
  const acceptance = line.record.data.acceptance as { members?: unknown; recheck?: unknown } | undefined
  const found = [acceptance?.members, line.record.data.members, acceptance?.recheck, line.record.data.recheck].flat()
  return found.filter((one): one is { personId?: unknown } => typeof one === 'object' && one !== null)
}

function acceptedBy(line: HazardLine, names: Names): string {
  const found = [...new Set(members(line).map((member) => person(member.personId, names)))].filter((name) => name !== '')
  return found.join('、')
}

const pictures = (value: unknown) => (Array.isArray(value) ? value.length : 0)

/** The ledgers that there are. */
export const LEDGERS: readonly LedgerDefinition[] = [majorHazards, enterpriseHazards]
