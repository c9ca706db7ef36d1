import type { NodeSetting, SeatSetting } from '../../contracts/bpmn-extension.ts'

export type RunState = 'ACTIVE' | 'DECIDED' | 'RETURNED' | 'CANCELLED'
export type SeatState = 'WAITING' | 'OPEN' | 'DONE' | 'SKIPPED' | 'REMOVED'

/** What 退回 leaves in a seat, beside the outcomes of its node. */
export const RETURN = 'RETURN'

/** One entry of the token into an approval node. `policy` is a frozen copy of the node's setting. */
export interface Run {
  readonly id: string
  readonly countyCode: string
  readonly taskId: string
  readonly instanceId: string
  readonly rootInstanceId: string
  readonly definitionId: string
  readonly procedureId: string
  readonly nodeId: string
  readonly nodeName: string
  readonly recordId: string
  /** 1 for the first time at this node of this record. */
  readonly round: number
  readonly policy: NodeSetting
  readonly state: RunState
  readonly outcome: string | null
  readonly startedAt: number
  readonly endedAt: number | null
}

/** One person's, or one position's, place in a run. Who sits is looked up when the seat opens. */
export interface Seat {
  readonly id: string
  readonly runId: string
  readonly countyCode: string
  readonly ordinal: number
  readonly label: string
  readonly state: SeatState
  /** Nobody may sit here now: looked up again whenever deadlines are. */
  readonly isHeld: boolean
  readonly setting: SeatSetting
  readonly personId: string | null
  readonly positionKey: string | null
  readonly townId: string | null
  readonly enterpriseId: string | null
  /** People who may not act here although they hold the position. */
  readonly excluded: readonly string[]
  readonly why: string
  readonly openedAt: number | null
  readonly readAt: number | null
  readonly dueAt: number | null
  readonly doneAt: number | null
  readonly doneBy: string | null
  readonly outcome: string | null
  readonly opinion: string | null
  readonly signatureId: string | null
  readonly form: Readonly<Record<string, unknown>> | null
}
