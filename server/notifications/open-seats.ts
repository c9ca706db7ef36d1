import type { Database } from '../../database/database.ts'

/** A seat that somebody has to decide, as the scheduler sees it. */
export interface OpenSeat {
  readonly id: string
  readonly countyCode: string
  readonly nodeId: string
  readonly nodeName: string
  readonly recordId: string
  readonly personId: string | null
  readonly position: string | null
  readonly townId: string | null
  readonly enterpriseId: string | null
  readonly openedAt: number
  readonly dueAt: number | null
}

/** Reads the open seats of all counties. Read-only: seats belong to the approval feature. */
export async function readOpenSeats(database: Database): Promise<readonly OpenSeat[]> {
  const rows = await database.query<{
    seat_id: string
    county_code: string
    node_id: string
    node_name: string
    record_id: string
    person_id: string | null
    position_key: string | null
    town_id: string | null
    enterprise_id: string | null
    opened_at: number
    due_at: number | null
  }>(
    `select s.seat_id, s.county_code, r.node_id, r.node_name, r.record_id, s.person_id, s.position_key, s.town_id, s.enterprise_id, s.opened_at, s.due_at
    from approval_seat s
    join approval_run r on r.run_id = s.run_id
    where s.state = 'OPEN' and s.opened_at is not null
    order by s.opened_at, s.seat_id
    limit 20000`,
  )
  return rows.map((row) => ({
    id: row.seat_id,
    countyCode: row.county_code,
    nodeId: row.node_id,
    nodeName: row.node_name,
    recordId: row.record_id,
    personId: row.person_id,
    position: row.position_key,
    townId: row.town_id,
    enterpriseId: row.enterprise_id,
    openedAt: Number(row.opened_at),
    dueAt: row.due_at === null ? null : Number(row.due_at),
  }))
}
