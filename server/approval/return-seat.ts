import type { z } from 'zod'
import type { Decided, returnSeat as returnRequest } from '../../contracts/api/inbox.ts'
import type { ActivityInstanceNode } from '../../engine/process-engine.ts'
import { Refusal } from '../http/problem.ts'
import type { Actor } from '../identity/actor.ts'
import { lockSeat } from './decide-seat.ts'
import type { ApprovalParts } from './deps.ts'
import { once } from './once.ts'
import { RETURN } from './run.ts'
import { settle } from './settle.ts'

export type ReturnRequest = z.infer<typeof returnRequest>

/**
 * 退回 (approval.md §4, first-loop.md B4): no vote. The run ends RETURNED, the token goes back to the named node by one modification,
 * and everything between is walked again. A reason is required, a signature is not.
 */
export type ReturnSeat = (actor: Actor, seatId: string, request: ReturnRequest) => Promise<Decided>

export function makeReturnSeat(parts: ApprovalParts): ReturnSeat {
  const { runs, records, engine, audit, clock } = parts
  return (actor, seatId, request) =>
    once(parts, actor, request.requestId, `return:${seatId}`, async (tx) => {
      const { run, seat } = await lockSeat(parts, actor, seatId)
      const target = run.policy.returnTo.find((one) => one.node === request.target)
      if (!target) throw new Refusal('unknown-outcome', { data: { targets: run.policy.returnTo.map((one) => one.node) } })
      if (request.reason.trim() === '')
        throw new Refusal('reason-required', { errors: [{ field: 'reason', code: 'required', message: '请填写退回原因' }] })
      const record = await records.store.lock(run.recordId)
      const now = clock.now()
      const seats = await runs.seatsOf([run.id])
      for (const one of seats) {
        if (one.id === seat.id)
          await runs.saveSeat({
            ...one,
            state: 'DONE',
            outcome: RETURN,
            opinion: request.reason,
            doneAt: now,
            doneBy: actor.personId,
            form: { returnTo: target.node, fields: request.fields },
          })
        else if (one.state === 'OPEN' || one.state === 'WAITING')
          await runs.saveSeat({ ...one, state: 'SKIPPED', isHeld: false, why: '已退回' })
      }
      await runs.end(run.id, 'RETURNED', RETURN, now)
      await settle(parts, tx, [run.policy], {
        actor,
        countyCode: run.countyCode,
        instanceId: run.instanceId,
        rootInstanceId: run.rootInstanceId,
        nodeId: run.nodeId,
        runId: run.id,
        record,
        isSeat: false,
        outcome: RETURN,
        step: seat.ordinal,
        form: {},
        forms: [],
        opinion: request.reason,
        write: (changes) => {
          changes.flag(record.id, ['returned'])
          changes.merge(record.id, { returnReason: request.reason, returnFields: request.fields })
        },
      })
      const tree = await engine.instances.activityTree(run.instanceId, tx)
      const here = tree ? nodesAt(tree, run.nodeId) : []
      await engine.instances.modify(
        run.instanceId,
        [
          { type: 'startBeforeActivity', activityId: target.node },
          ...here.map((node) => ({ type: 'cancel' as const, activityInstanceId: node.id })),
        ],
        tx,
      )
      await audit.append(actor, {
        action: 'seat.returned',
        subject: `seat:${seat.id}`,
        data: { node: run.nodeId, target: target.node, record: record.number },
      })
      return { sentence: `${run.nodeName}：已退回`, nextSeatId: null }
    })
}

function nodesAt(tree: ActivityInstanceNode, activityId: string): readonly ActivityInstanceNode[] {
  return [...(tree.activityId === activityId ? [tree] : []), ...tree.childActivityInstances.flatMap((child) => nodesAt(child, activityId))]
}
