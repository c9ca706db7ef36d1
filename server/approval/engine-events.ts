import type { Tx } from '../../database/database.ts'
import type { EngineEvent } from '../../engine/process-engine.ts'
import { recordOfInstance } from './case-file.ts'
import type { ApprovalParts } from './deps.ts'
import { openRun } from './open-run.ts'
import { settle } from './settle.ts'

type ActivityEvent = Extract<EngineEvent, { activityInstanceId: string }>

/** What approval does when the engine moves: runs open and are cancelled, elements that declare something settle it. */
export function makeEngineListener(parts: ApprovalParts): (event: EngineEvent, tx: Tx) => Promise<void> {
  const { runs, procedures } = parts

  async function cancelRun(taskId: string, at: number): Promise<void> {
    const run = await runs.byTask(taskId)
    if (run?.state !== 'ACTIVE') return
    for (const seat of await runs.seatsOf([run.id]))
      if (seat.state === 'OPEN' || seat.state === 'WAITING')
        await runs.saveSeat({ ...seat, state: 'REMOVED', isHeld: false, why: '流程已转向' })
    await runs.end(run.id, 'CANCELLED', null, at)
  }

  async function settleElement(event: ActivityEvent, tx: Tx): Promise<void> {
    const procedure = await procedures.byDefinition(event.definitionId)
    const effect = procedure?.model.nodes.get(event.activityId)?.effect
    if (!procedure || !effect) return
    const { countyCode } = procedure.version
    const record = await recordOfInstance(parts, countyCode, event.businessKey)
    await settle(parts, tx, [effect], {
      actor: { personId: '', countyCode, kind: 'official' },
      countyCode,
      instanceId: event.processInstanceId,
      rootInstanceId: event.rootProcessInstanceId,
      nodeId: event.activityId,
      runId: event.activityInstanceId,
      record,
      isSeat: false,
      outcome: '*',
      step: 0,
      form: {},
      forms: [],
      opinion: '',
    })
  }

  return async (event, tx) => {
    if (event.kind === 'task-created') await openRun(parts, tx, event.task)
    else if (event.kind === 'task-ended' && event.reason === 'cancelled') await cancelRun(event.taskId, event.at)
    else if (event.kind === 'activity-ended' && !event.cancelled) await settleElement(event, tx)
  }
}
