import { type NodeSetting, nodeSetting } from '../../contracts/bpmn-extension.ts'
import type { Tx } from '../../database/database.ts'
import type { TaskInfo } from '../../engine/process-engine.ts'
import { recordOfInstance } from './case-file.ts'
import { decide } from './decide.ts'
import type { ApprovalParts } from './deps.ts'
import { openSeat } from './open-seat.ts'
import type { Run, Seat } from './run.ts'
import { expandSeats } from './seat-resolution.ts'

/**
 * A token has entered a user task: its run begins, with the seats of the version by which the instance runs. Idempotent by the
 * engine's task, because a remote engine may tell twice.
 */
export async function openRun(parts: ApprovalParts, tx: Tx, task: TaskInfo): Promise<void> {
  const { runs, procedures, newId, clock } = parts
  const procedure = await procedures.byDefinition(task.processDefinitionId)
  if (!procedure || (await runs.byTask(task.id))) return
  const node = procedure.model.nodes.get(task.taskDefinitionKey)
  if (!node?.setting) throw new Error(`user task ${task.taskDefinitionKey} of ${task.processDefinitionId} says nothing to the platform`)
  const { countyCode, slots } = procedure.version
  const record = await recordOfInstance(parts, countyCode, task.businessKey)
  await pinForms(parts, tx, countyCode, task.rootProcessInstanceId)
  const settings = expandSeats(node.setting.seats, slots)
  const run: Run = {
    id: newId(),
    countyCode,
    taskId: task.id,
    instanceId: task.processInstanceId,
    rootInstanceId: task.rootProcessInstanceId,
    definitionId: task.processDefinitionId,
    procedureId: procedure.version.procedureId,
    nodeId: node.id,
    nodeName: node.name,
    recordId: record.id,
    round: (await runs.roundsOf(record.id, node.id)) + 1,
    policy: { ...node.setting, ...chosenBySlots(node.setting, slots), seats: [...settings] },
    state: 'ACTIVE',
    outcome: null,
    startedAt: clock.now(),
    endedAt: null,
  }
  const seats = settings.map(
    (setting, index): Seat => ({
      id: newId(),
      runId: run.id,
      countyCode,
      ordinal: index + 1,
      label: setting.label ?? '',
      state: 'WAITING',
      isHeld: false,
      setting,
      personId: null,
      positionKey: null,
      townId: null,
      enterpriseId: null,
      excluded: [],
      why: '',
      openedAt: null,
      readAt: null,
      dueAt: null,
      doneAt: null,
      doneBy: null,
      outcome: null,
      opinion: null,
      signatureId: null,
      form: null,
    }),
  )
  await runs.add(run, seats)
  const next = decide(run.policy, seats)
  if (next.kind === 'open') for (const seat of seats) if (next.open.includes(seat.ordinal)) await openSeat(parts, tx, run, seat, record)
}

/** How votes count may be the county's choice: whether a chain sits one after another, when a reject decides. */
function chosenBySlots(setting: NodeSetting, slots: Readonly<Record<string, unknown>>): Partial<Pick<NodeSetting, 'mode' | 'rejectRule'>> {
  const { mode, rejectRule } = nodeSetting.shape
  const chosenMode = mode.safeParse(slots[setting.modeSlot ?? ''])
  const chosenRule = rejectRule.safeParse(slots[setting.rejectRuleSlot ?? ''])
  return {
    ...(setting.modeSlot !== undefined && chosenMode.success ? { mode: chosenMode.data } : {}),
    ...(setting.rejectRuleSlot !== undefined && chosenRule.success ? { rejectRule: chosenRule.data } : {}),
  }
}

/** An instance stays with the form versions with which its family began; called instances too (first-loop.md B3). */
async function pinForms({ forms, clock }: ApprovalParts, tx: Tx, countyCode: string, rootInstanceId: string): Promise<void> {
  const [known] = await tx.query('select root_instance_id from approval_instance where root_instance_id = ? limit 1', [rootInstanceId])
  if (known) return
  const versions = await forms.latestVersions(countyCode)
  await tx.query('insert into approval_instance (root_instance_id, county_code, forms, started_at) values (?, ?, ?, ?)', [
    rootInstanceId,
    countyCode,
    JSON.stringify(versions),
    clock.now(),
  ])
}

/** The form versions with which a family of instances began. */
export async function pinnedForms({ database }: ApprovalParts, rootInstanceId: string): Promise<Readonly<Record<string, number>> | null> {
  const [row] = await database.query<{ forms: string }>('select forms from approval_instance where root_instance_id = ? limit 1', [
    rootInstanceId,
  ])
  return row ? JSON.parse(row.forms) : null
}
