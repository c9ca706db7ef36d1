import type { ApprovalParts } from './deps.ts'

/** A seat that nobody may fill now: its run stands still until somebody is appointed or a setting changes. */
export interface HeldSeat {
  readonly id: string
  readonly definitionId: string
  readonly nodeId: string
  readonly nodeName: string
  readonly recordId: string
  readonly why: string
  /** When its run began, epoch ms. */
  readonly since: number
}

export function makeHeldSeats({ database }: Pick<ApprovalParts, 'database'>): (countyCode: string) => Promise<readonly HeldSeat[]> {
  return async (countyCode) => {
    const rows = await database.query<{
      seat_id: string
      definition_id: string
      node_id: string
      node_name: string
      record_id: string
      why: string
      started_at: number
    }>(
      "select s.seat_id, r.definition_id, r.node_id, r.node_name, r.record_id, s.why, r.started_at from approval_seat s join approval_run r on r.run_id = s.run_id where s.county_code = ? and s.state = 'WAITING' and s.is_held = 1 and r.state = 'ACTIVE' order by r.started_at limit 500",
      [countyCode],
    )
    return rows.map((row) => ({
      id: row.seat_id,
      definitionId: row.definition_id,
      nodeId: row.node_id,
      nodeName: row.node_name,
      recordId: row.record_id,
      why: row.why,
      since: Number(row.started_at),
    }))
  }
}
