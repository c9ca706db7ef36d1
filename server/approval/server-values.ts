import { dayOf } from '../organisation/index.ts'
import type { RecordRow } from '../records/index.ts'

export interface ServerValueScope {
  readonly personId: string
  readonly now: number
  readonly nodeId: string
  readonly procedureId: string
  readonly hazards: readonly RecordRow[]
  readonly isDualDone: boolean
  readonly levels: number
  readonly level: number
  readonly unitName: string
  readonly principalId: string | null
  readonly seatUnitId: string | null
}

const SUBJECTS: Readonly<Record<string, string>> = {
  'principal-sign': 'HAZARD_LIST',
  acknowledge: 'HAZARD_LIST',
  'principal-sign-report': 'MAJOR_REPORT',
  'principal-sign-plan': 'PLAN',
  'principal-sign-acceptance': 'ACCEPTANCE',
}

/** Fields of forms that only the server fills in: who, when, of what, and copies of what is signed. */
export function serverValues(record: RecordRow | null, scope: ServerValueScope): Record<string, unknown> {
  const { personId, nodeId, now } = scope
  const head = {
    filledBy: personId,
    filledOn: dayOf(now),
    signerId: personId,
    reviewerId: personId,
    reporterId: personId,
    userId: personId,
    orgId: scope.seatUnitId ?? undefined,
  }
  if (!record) return head
  const signed = scope.hazards.length > 0 ? scope.hazards : [record]
  return {
    ...head,
    docNo: record.number,
    hazardId: record.number,
    hazardNo: record.kind === 'hazard' ? record.number : undefined,
    campaignId: record.campaignId ?? undefined,
    enterpriseId: record.enterpriseId ?? undefined,
    townId: record.townId ?? undefined,
    industry: record.data['industry'],
    principalId: scope.principalId ?? undefined,
    level: record.level ?? undefined,
    dueDate: record.data['dueDate'],
    oldDue: record.data['dueDate'],
    selfReported: record.side === 'enterprise',
    dualDone: scope.isDualDone,
    unitName: scope.unitName,
    mode: scope.levels === 1 ? 'SINGLE' : scope.levels === 2 ? 'TWO_LEVEL' : 'MULTI_LEVEL',
    node: `L${scope.level}`,
    subject: SUBJECTS[nodeId],
    snapshot: signed.map((hazard) => ({
      hazardNo: hazard.number,
      level: hazard.level,
      location: hazard.data['location'],
      description: hazard.data['description'],
      dueDate: hazard.data['dueDate'],
    })),
    ...(scope.procedureId === 'dual-report'
      ? { reportType: nodeId.endsWith('-2') ? 'RECTIFIED' : 'FOUND', recipient: nodeId.includes('regulator') ? 'REGULATOR' : 'ALL_STAFF' }
      : {}),
  }
}
