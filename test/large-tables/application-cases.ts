import type { Database, SqlValue } from '../../database/database.ts'

interface Cases {
  readonly count: number
  readonly countyCode: string
  readonly enterpriseId: string
  /** Started a tenth of them, decided a twenty-fifth, and has a hundredth open. */
  readonly personId: string
  readonly now: number
}

const HOUR = 3_600_000
const ROWS = 200

/** Rows of `count` cases, all but every twentieth long decided: a record with its run, seat, facts and what people were told of it. */
export async function seedCases(database: Database, { count, countyCode, enterpriseId, personId, now }: Cases): Promise<void> {
  const by = (i: number, share: number) => (i % share === 0 ? personId : `person-${i % 50}`)
  const isOpen = (i: number) => i % 20 === 0
  const at = (i: number) => now - (count - i) * HOUR
  const tables: Readonly<Record<string, (i: number) => Readonly<Record<string, SqlValue>>>> = {
    record: (i) => ({
      record_id: `record-${i}`,
      county_id: countyCode,
      number: `N-${i}`,
      kind: i % 2 === 0 ? 'check' : 'hazard',
      title: `case ${i}`,
      status: isOpen(i) ? 'RECTIFYING' : 'CLOSED',
      flags: '',
      side: 'authority',
      is_shared: true,
      enterprise_id: i % 100 === 0 ? enterpriseId : `enterprise-${i % 300}`,
      town_id: `town-${i % 10}`,
      data: '{}',
      created_by: by(i, 10),
      created_at: at(i),
      updated_at: at(i),
      row_version: 1,
    }),
    record_participant: (i) => ({ record_id: `record-${i}`, person_id: by(i, 25) }),
    record_event: (i) => ({ record_event_id: `event-${i}`, record_id: `record-${i}`, at: at(i), kind: 'made', words: 'made', data: '{}' }),
    approval_run: (i) => ({
      run_id: `run-${i}`,
      county_code: countyCode,
      task_id: `task-${i}`,
      instance_id: `instance-${i}`,
      root_instance_id: `instance-${i}`,
      definition_id: 'definition',
      procedure_id: 'procedure',
      node_id: `node-${i % 5}`,
      node_name: 'node',
      record_id: `record-${i}`,
      round: 1,
      policy: '{"mode":"SINGLE","outcomes":[]}',
      state: isOpen(i) ? 'ACTIVE' : 'DECIDED',
      started_at: at(i),
      ended_at: isOpen(i) ? null : at(i),
      row_version: 1,
    }),
    approval_seat: (i) => ({
      seat_id: `seat-${i}`,
      run_id: `run-${i}`,
      county_code: countyCode,
      ordinal: 0,
      label: '',
      state: isOpen(i) ? 'OPEN' : 'DONE',
      is_held: false,
      setting: '{}',
      person_id: i % 3 === 0 ? null : by(i, 100),
      position_key: i % 3 === 0 ? `POSITION_${i % 7}` : null,
      town_id: i % 3 === 0 ? `town-${i % 10}` : null,
      excluded: '[]',
      why: '',
      opened_at: at(i),
      due_at: i % 2 === 0 ? at(i) + 100 * HOUR : null,
      done_at: isOpen(i) ? null : at(i),
      done_by: isOpen(i) ? null : by(i, 25),
      outcome: isOpen(i) ? null : 'AGREE',
    }),
    notification: (i) => ({
      notification_id: `notification-${i}`,
      county_code: countyCode,
      person_id: by(i, 10),
      notice: 'seat-opened',
      title: 'title',
      words: 'words',
      purpose: `purpose ${i}`,
      created_at: at(i),
      read_at: at(i),
    }),
    mail: (i) => ({
      mail_id: `mail-${i}`,
      recipient: 'somebody@example.org',
      subject: 'subject',
      words: 'words',
      attempts: 1,
      next_at: at(i),
      created_at: at(i),
      sent_at: at(i),
    }),
    audit_event: (i) => ({
      county_id: countyCode,
      seq: 1_000_000 + i,
      at: at(i),
      person_id: by(i, 10),
      action: 'decide',
      subject: `subject-${i}`,
      data: '{}',
      previous_hash: '0',
      hash: '0',
    }),
    fact: (i) => ({
      fact_id: `fact-${i}`,
      type: `type-${i % 20}`,
      county_code: countyCode,
      unit_id: `town-${i % 10}`,
      record_id: `record-${i}`,
      hazard_no: `H-${i}`,
      campaign_id: 'campaign',
      attributes: '{}',
      counted_at: at(i),
    }),
  }
  await database.transaction(async (tx) => {
    for (const [table, rowOf] of Object.entries(tables)) {
      const columns = Object.keys(rowOf(0))
      const tuple = `(${columns.map(() => '?').join(', ')})`
      for (let from = 0; from < count; from += ROWS) {
        const rows = Array.from({ length: Math.min(ROWS, count - from) }, (_, i) => Object.values(rowOf(from + i)))
        await tx.query(`insert into ${table} (${columns.join(', ')}) values ${rows.map(() => tuple).join(', ')}`, rows.flat())
      }
    }
  })
  if (database.dialect === 'mariadb') await database.query(`analyze table ${Object.keys(tables).join(', ')}`)
}
