import type { TimelineStep } from '../../contracts/api/inbox.ts'
import type { RecordPage } from '../../contracts/api/records.ts'
import type { RecordRow } from '../records/index.ts'

type Station = RecordPage['stations'][number]

interface StationPlan {
  readonly name: string
  /** Nodes whose decisions belong to this station; the last one that was decided says when and who. */
  readonly nodes: readonly string[]
  readonly isDone: (hazard: RecordRow, listing: RecordRow | null, timeline: readonly TimelineStep[]) => boolean
}

const BEYOND_SIGNATURE = ['SIGNED', 'CONFIRMING', 'CONFIRMED', 'RECTIFYING', 'ACCEPTING', 'CLOSED']
const CONFIRMED = ['CONFIRMED', 'RECTIFYING', 'ACCEPTING', 'CLOSED']
const LISTED = ['ISSUED', 'RECEIVED', 'LIFTED']
const RECTIFIED = ['ACCEPTING', 'CLOSED']
const RECTIFY_NODES = [
  'plan',
  'principal-sign-plan',
  'review-plan',
  'assign',
  'rectify',
  'report-incomplete',
  'decide-extension',
  'stop-order',
]

const SIGN: StationPlan = {
  name: '签字',
  nodes: ['principal-sign', 'acknowledge'],
  isDone: ({ status }) => BEYOND_SIGNATURE.includes(status),
}
const RECTIFY: StationPlan = { name: '整改', nodes: RECTIFY_NODES, isDone: ({ status }) => RECTIFIED.includes(status) }
const CLOSE: StationPlan = { name: '销号', nodes: ['review'], isDone: ({ status }) => status === 'CLOSED' }

const CONFIRM: StationPlan = {
  name: '两级确认',
  nodes: ['draft-report', 'principal-sign-report', 'confirm'],
  isDone: ({ status }) => CONFIRMED.includes(status),
}

const MAJOR: readonly StationPlan[] = [
  SIGN,
  CONFIRM,
  {
    name: '挂牌督办',
    nodes: ['draft-notice', 'approve-notice', 'approve-government', 'receipt'],
    isDone: (_, listing) => listing !== null && LISTED.includes(listing.status),
  },
  RECTIFY,
  {
    name: '验收',
    nodes: ['apply', 'principal-sign-acceptance', 'accept'],
    isDone: ({ status }, _, timeline) => status === 'CLOSED' || timeline.some((step) => step.nodeId === 'review' && step.kind === 'now'),
  },
  CLOSE,
]

const GENERAL_END: readonly StationPlan[] = [
  RECTIFY,
  { name: '复查', nodes: ['recheck'], isDone: ({ status }) => status === 'CLOSED' },
  { ...CLOSE, nodes: ['recheck'] },
]

/**
 * The stations of a hazard's life. Listing and rectification run side by side, so two may be current; a hazard that ended early ends at
 * its station, with the reason.
 */
export function stationsOf(
  hazard: RecordRow,
  listing: RecordRow | null,
  timeline: readonly TimelineStep[],
  finder: string,
): readonly Station[] {
  const wasConfirmed = timeline.some((step) => step.nodeId === 'confirm')
  const plans = hazard.level === 'GENERAL' ? [SIGN, ...(wasConfirmed ? [CONFIRM] : []), ...GENERAL_END] : MAJOR
  const found: Station = { name: '发现', state: 'done', at: hazard.createdAt, who: finder }
  const { voidedFrom } = hazard.data
  const reached = typeof voidedFrom === 'string' ? { ...hazard, status: voidedFrom } : hazard
  const stations = plans.map((plan) => stationOf(plan, reached, listing, timeline))
  return [found, ...ended(stations, hazard, wasConfirmed)]
}

function stationOf(plan: StationPlan, hazard: RecordRow, listing: RecordRow | null, timeline: readonly TimelineStep[]): Station {
  const steps = timeline.filter((step) => plan.nodes.includes(step.nodeId))
  const now = steps.filter((step) => step.kind === 'now')
  if (now.length > 0) return { name: plan.name, state: 'now', at: null, who: now.map((step) => step.personName || step.post).join('、') }
  if (!plan.isDone(hazard, listing, timeline)) return { name: plan.name, state: 'ahead', at: null, who: '' }
  const last = steps.filter((step) => step.kind === 'done').at(-1)
  return { name: plan.name, state: 'done', at: last?.at ?? (plan.name === '销号' ? hazard.updatedAt : null), who: last?.personName ?? '' }
}

/**
 * A void hazard ends at the first station that it did not reach, or where it had come to when two people made it void; a downgraded one
 * at the confirmation, and goes on with rectification.
 */
function ended(stations: readonly Station[], hazard: RecordRow, wasConfirmed: boolean): readonly Station[] {
  if (hazard.status === 'VOID') {
    const reason = typeof hazard.data.voidReason === 'string' ? hazard.data.voidReason : '已作废'
    if (hazard.data.voidedFrom !== undefined) {
      const reached = stations.slice(0, stations.findLastIndex((station) => station.state === 'done') + 1)
      return [...reached, { name: '作废', state: 'void', at: hazard.updatedAt, who: reason }]
    }
    const end = stations.findIndex((station) => station.state !== 'done')
    return stations.slice(0, end + 1).map((station, index) => (index === end ? { ...station, state: 'void', who: reason } : station))
  }
  if (hazard.level !== 'GENERAL' || !wasConfirmed) return stations
  return stations.map((station) => (station.name === CONFIRM.name ? { ...station, state: 'void', who: '降为一般隐患' } : station))
}
