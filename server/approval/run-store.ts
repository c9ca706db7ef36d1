import type { Database, SqlValue } from '../../database/database.ts'
import type { Run, RunState, Seat, SeatState } from './run.ts'

interface RunRow {
  run_id: string
  county_code: string
  task_id: string
  instance_id: string
  root_instance_id: string
  definition_id: string
  procedure_id: string
  node_id: string
  node_name: string
  record_id: string
  round: number
  policy: string
  state: RunState
  outcome: string | null
  started_at: number
  ended_at: number | null
}

interface SeatRow {
  seat_id: string
  run_id: string
  county_code: string
  ordinal: number
  label: string
  state: SeatState
  is_held: number
  setting: string
  person_id: string | null
  position_key: string | null
  town_id: string | null
  enterprise_id: string | null
  excluded: string
  why: string
  opened_at: number | null
  read_at: number | null
  due_at: number | null
  done_at: number | null
  done_by: string | null
  outcome: string | null
  opinion: string | null
  signature_id: string | null
  form: string | null
}

const RUN_COLUMNS =
  'run_id, county_code, task_id, instance_id, root_instance_id, definition_id, procedure_id, node_id, node_name, record_id, round, policy, state, outcome, started_at, ended_at'
const SEAT_COLUMNS =
  'seat_id, run_id, county_code, ordinal, label, state, is_held, setting, person_id, position_key, town_id, enterprise_id, excluded, why, opened_at, read_at, due_at, done_at, done_by, outcome, opinion, signature_id, form'

const optional = (value: number | null): number | null => (value === null ? null : Number(value))
const marks = (count: number) => Array.from({ length: count }, () => '?').join(', ')

export const runOf = (row: RunRow): Run => ({
  id: row.run_id,
  countyCode: row.county_code,
  taskId: row.task_id,
  instanceId: row.instance_id,
  rootInstanceId: row.root_instance_id,
  definitionId: row.definition_id,
  procedureId: row.procedure_id,
  nodeId: row.node_id,
  nodeName: row.node_name,
  recordId: row.record_id,
  round: Number(row.round),
  policy: JSON.parse(row.policy),
  state: row.state,
  outcome: row.outcome,
  startedAt: Number(row.started_at),
  endedAt: optional(row.ended_at),
})

export const seatOf = (row: SeatRow): Seat => ({
  id: row.seat_id,
  runId: row.run_id,
  countyCode: row.county_code,
  ordinal: Number(row.ordinal),
  label: row.label,
  state: row.state,
  isHeld: Number(row.is_held) === 1,
  setting: JSON.parse(row.setting),
  personId: row.person_id,
  positionKey: row.position_key,
  townId: row.town_id,
  enterpriseId: row.enterprise_id,
  excluded: JSON.parse(row.excluded),
  why: row.why,
  openedAt: optional(row.opened_at),
  readAt: optional(row.read_at),
  dueAt: optional(row.due_at),
  doneAt: optional(row.done_at),
  doneBy: row.done_by,
  outcome: row.outcome,
  opinion: row.opinion,
  signatureId: row.signature_id,
  form: row.form === null ? null : JSON.parse(row.form),
})

/** Rows of runs and seats. */
export interface RunStore {
  add(run: Run, seats: readonly Seat[]): Promise<void>
  /** Takes the run's row lock until the transaction ends, and reads it. */
  lock(runId: string): Promise<Run | null>
  byId(runId: string): Promise<Run | null>
  byTask(taskId: string): Promise<Run | null>
  /** Runs of these records, oldest first. */
  ofRecords(recordIds: readonly string[]): Promise<readonly Run[]>
  roundsOf(recordId: string, nodeId: string): Promise<number>
  end(runId: string, state: RunState, outcome: string | null, at: number): Promise<void>
  seat(seatId: string): Promise<Seat | null>
  seatsOf(runIds: readonly string[]): Promise<readonly Seat[]>
  saveSeat(seat: Seat): Promise<void>
  /** Open seats that one of these conditions meets, and their runs. */
  find(where: string, params: readonly SqlValue[], order: string, limit: number): Promise<readonly { run: Run; seat: Seat }[]>
}

export function makeRunStore({ database }: { database: Database }): RunStore {
  const runs = async (where: string, params: readonly SqlValue[], order = 'started_at, run_id', limit = 1000) =>
    (await database.query<RunRow>(`select ${RUN_COLUMNS} from approval_run where ${where} order by ${order} limit ${limit}`, params)).map(
      runOf,
    )
  const store: RunStore = {
    async add(run, seats) {
      await database.transaction(async (tx) => {
        await tx.query(`insert into approval_run (${RUN_COLUMNS}, row_version) values (${marks(17)})`, [
          run.id,
          run.countyCode,
          run.taskId,
          run.instanceId,
          run.rootInstanceId,
          run.definitionId,
          run.procedureId,
          run.nodeId,
          run.nodeName,
          run.recordId,
          run.round,
          JSON.stringify(run.policy),
          run.state,
          run.outcome,
          run.startedAt,
          run.endedAt,
          1,
        ])
        for (const seat of seats)
          await tx.query(`insert into approval_seat (${SEAT_COLUMNS}) values (${marks(23)})`, [seat.id, ...valuesOf(seat)])
      })
    },

    async lock(runId) {
      return database.transaction(async (tx) => {
        // The update takes the row lock on both dialects.
        await tx.query('update approval_run set row_version = row_version + 1 where run_id = ?', [runId])
        return store.byId(runId)
      })
    },

    byId: async (runId) => (await runs('run_id = ?', [runId]))[0] ?? null,
    byTask: async (taskId) => (await runs('task_id = ?', [taskId]))[0] ?? null,
    ofRecords: async (recordIds) => (recordIds.length === 0 ? [] : runs(`record_id in (${marks(recordIds.length)})`, recordIds)),

    async roundsOf(recordId, nodeId) {
      const [row] = await database.query<{ rounds: number }>(
        'select count(*) as rounds from approval_run where record_id = ? and node_id = ?',
        [recordId, nodeId],
      )
      return Number(row?.rounds ?? 0)
    },

    async end(runId, state, outcome, at) {
      await database.query('update approval_run set state = ?, outcome = ?, ended_at = ? where run_id = ?', [state, outcome, at, runId])
    },

    async seat(seatId) {
      const [row] = await database.query<SeatRow>(`select ${SEAT_COLUMNS} from approval_seat where seat_id = ? limit 1`, [seatId])
      return row ? seatOf(row) : null
    },

    async seatsOf(runIds) {
      if (runIds.length === 0) return []
      const rows = await database.query<SeatRow>(
        `select ${SEAT_COLUMNS} from approval_seat where run_id in (${marks(runIds.length)}) order by run_id, ordinal limit 5000`,
        runIds,
      )
      return rows.map(seatOf)
    },

    async saveSeat(seat) {
      const columns = SEAT_COLUMNS.split(', ')
        .slice(1)
        .map((column) => `${column} = ?`)
      await database.query(`update approval_seat set ${columns.join(', ')} where seat_id = ?`, [...valuesOf(seat), seat.id])
    },

    async find(where, params, order, limit) {
      const columns = [
        ...RUN_COLUMNS.split(', ').map((c) => `r.${c} as run__${c}`),
        ...SEAT_COLUMNS.split(', ').map((c) => `s.${c} as seat__${c}`),
      ]
      const rows = await database.query<Record<string, SqlValue>>(
        `select ${columns.join(', ')} from approval_seat s join approval_run r on r.run_id = s.run_id join record c on c.record_id = r.record_id where ${where} order by ${order} limit ${limit}`,
        params,
      )
      return rows.map((row) => ({ run: runOf(part<RunRow>(row, 'run__')), seat: seatOf(part<SeatRow>(row, 'seat__')) }))
    },
  }
  return store
}

function part<Row>(row: Record<string, SqlValue>, prefix: string): Row {
  return Object.fromEntries(
    Object.entries(row)
      .filter(([key]) => key.startsWith(prefix))
      .map(([key, value]) => [key.slice(prefix.length), value]),
  ) as Row
}

function valuesOf(seat: Seat): SqlValue[] {
  return [
    seat.runId,
    seat.countyCode,
    seat.ordinal,
    seat.label,
    seat.state,
    seat.isHeld ? 1 : 0,
    JSON.stringify(seat.setting),
    seat.personId,
    seat.positionKey,
    seat.townId,
    seat.enterpriseId,
    JSON.stringify(seat.excluded),
    seat.why.slice(0, 500),
    seat.openedAt,
    seat.readAt,
    seat.dueAt,
    seat.doneAt,
    seat.doneBy,
    seat.outcome,
    seat.opinion,
    seat.signatureId,
    seat.form === null ? null : JSON.stringify(seat.form),
  ]
}
