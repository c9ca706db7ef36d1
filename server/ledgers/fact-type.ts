/** How the value of a fact's attribute is kept: `fen` is money as integer fen, `instant` epoch ms, `day` `yyyy-mm-dd`. */
export type AttributeKind = 'text' | 'integer' | 'boolean' | 'fen' | 'instant' | 'day'

interface FactType {
  readonly title: string
  readonly attributes: Readonly<Record<string, AttributeKind>>
}

/** What every fact may say of the hazard or enterprise at its moment; later changes of master data do not touch it. */
export const COMMON_ATTRIBUTES: Readonly<Record<string, AttributeKind>> = {
  campaignId: 'text',
  enterpriseName: 'text',
  townName: 'text',
  industry: 'text',
  description: 'text',
  foundAt: 'instant',
  source: 'text',
  level: 'text',
  occurredOn: 'day',
  note: 'text',
}

const due = { dueAt: 'instant', dueDate: 'day' } as const
const count = { count: 'integer' } as const

/**
 * The closed list of things that a report can count, with the attributes that each may carry. first-loop.md §1.3, §1.4.
 * A type that is not here cannot be recorded, and a model that declares one is refused by the lint.
 */
export const FACT_TYPES = {
  'check.finished': { title: '完成自查', attributes: { layer: 'text', lines: 'integer', abnormal: 'integer', found: 'integer' } },
  'hazard.signed': { title: '隐患经主要负责人签字', attributes: { onSpot: 'boolean' } },
  'hazard.reported': { title: '重大隐患上报', attributes: {} },
  'hazard.level-decided': { title: '分级意见', attributes: { step: 'integer', result: 'text' } },
  'hazard.confirmed': { title: '确认重大隐患', attributes: { ...due } },
  'hazard.downgraded': { title: '降为一般隐患', attributes: { reason: 'text' } },
  'hazard.voided': { title: '隐患作废', attributes: { reason: 'text' } },
  'hazard.listed': { title: '挂牌督办', attributes: { org: 'text', listingLevel: 'text', batch: 'integer', listingNo: 'text' } },
  'listing.received': { title: '挂牌通知签收', attributes: { refused: 'boolean' } },
  'listing.lifted': { title: '摘牌', attributes: { listingNo: 'text' } },
  'listing.withdrawn': { title: '撤销挂牌', attributes: { listingNo: 'text' } },
  'dual-report.made': { title: '双报告', attributes: { round: 'integer', recipient: 'text' } },
  'plan.submitted': { title: '提交整改方案', attributes: { fund: 'fen', ...due } },
  'plan.approved': { title: '整改方案通过', attributes: { fund: 'fen', measures: 'text', ...due } },
  'progress.recorded': { title: '整改进展', attributes: { percent: 'integer' } },
  'rectification.completed': { title: '整改完成', attributes: { attempt: 'integer', onTime: 'boolean', spent: 'fen' } },
  'acceptance.applied': { title: '申请验收', attributes: { attempt: 'integer' } },
  'acceptance.passed': { title: '验收合格', attributes: { attempt: 'integer' } },
  'acceptance.failed': { title: '验收不合格', attributes: { attempt: 'integer', newDue: 'day' } },
  'hazard.closed': { title: '隐患销号', attributes: { onTime: 'boolean', onSpot: 'boolean', attempt: 'integer' } },
  'deadline.passed': { title: '到期未完成', attributes: { ...due } },
  'extension.requested': { title: '申请延期', attributes: { newDue: 'day', reason: 'text' } },
  'extension.granted': { title: '同意延期', attributes: { newDue: 'day' } },
  'extension.refused': { title: '不同意延期', attributes: { orderLimit: 'day' } },
  'suspension.ordered': {
    title: '责令停产停工',
    attributes: { orderType: 'text', reason: 'text', countInReport: 'boolean', limit: 'day', docNo: 'text' },
  },
  'group.created': { title: '成立督查组', attributes: { ...count } },
  'order.served': { title: '责令限期整改', attributes: { docNo: 'text', ...count } },
  'fine.decided': { title: '行政罚款', attributes: { fine: 'fen', docNo: 'text' } },
  'exposure.published': { title: '公开曝光', attributes: { ...count } },
  'violation.subcontract': { title: '违法分包转包和挂靠资质', attributes: { ...count } },
  'violation.labour-dispatch': { title: '劳务派遣用工违法', attributes: { ...count } },
  'report.submitted': { title: '报表报送', attributes: { reportId: 'text', period: 'text', version: 'integer' } },
  'report.returned': { title: '报表退回', attributes: { reportId: 'text', period: 'text', version: 'integer' } },
  'report.accepted': { title: '报表接收', attributes: { reportId: 'text', period: 'text', version: 'integer' } },
  'report.issued': { title: '报表签发', attributes: { reportId: 'text', period: 'text', version: 'integer' } },
} as const satisfies Readonly<Record<string, FactType>>

export type FactTypeId = keyof typeof FACT_TYPES

/** Whether `type` is one of the closed list; models that declare another are refused. */
export function isFactType(type: string): type is FactTypeId {
  return Object.hasOwn(FACT_TYPES, type)
}

/** The attributes that a fact of this type may carry, by name. */
export function attributesOf(type: FactTypeId): Readonly<Record<string, AttributeKind>> {
  return { ...COMMON_ATTRIBUTES, ...FACT_TYPES[type].attributes }
}
