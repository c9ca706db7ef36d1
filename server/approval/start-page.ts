import type { z } from 'zod'
import type { StartForm, startable } from '../../contracts/api/start.ts'
import { Refusal } from '../http/problem.ts'
import type { Actor } from '../identity/actor.ts'
import { positionTitle } from '../organisation/index.ts'
import { shippedProcedure, shippedProcedures } from '../procedures/index.ts'
import type { ApprovalParts } from './deps.ts'
import type { Drafts } from './drafts.ts'
import { formViewsOf } from './form-view.ts'
import { serverValues } from './server-values.ts'
import { startingPlace } from './start-procedure.ts'

/** What somebody may start, and the form with which it starts. */
export interface StartPages {
  list(actor: Actor): Promise<readonly z.infer<typeof startable>[]>
  form(actor: Actor, procedureId: string): Promise<StartForm>
}

export function makeStartPages(parts: ApprovalParts, drafts: Drafts): StartPages {
  const { procedures, gate, forms, clock } = parts
  return {
    async list(actor) {
      const found: z.infer<typeof startable>[] = []
      for (const procedure of shippedProcedures()) {
        if (procedure.startPositions.length === 0 || !(await startingPlace(parts, actor, procedure))) continue
        const draft = await drafts.read(actor, `start:${procedure.id}`)
        found.push({
          id: procedure.id,
          title: procedure.title,
          hint: procedure.hint,
          group: procedure.group,
          draftSavedAt: draft?.savedAt ?? null,
        })
      }
      return found
    },

    async form(actor, procedureId) {
      const file = shippedProcedure(procedureId)
      const place = file ? await startingPlace(parts, actor, file) : null
      if (!file || !place) throw new Refusal('not-found')
      const { model } = await procedures.current(actor.countyCode, procedureId)
      const node = model.firstNode === null ? undefined : model.nodes.get(model.firstNode)
      const outcome = node?.setting?.outcomes[0]
      if (!node?.setting || !outcome) throw new Refusal('not-found')
      const server = serverValues(null, {
        personId: actor.personId,
        now: clock.now(),
        nodeId: node.id,
        procedureId,
        hazards: [],
        isDualDone: false,
        levels: 1,
        level: 1,
        unitName: place.placeName,
        principalId: null,
        seatUnitId: place.unitId,
      })
      const open = await gate.open(actor, {
        countyCode: actor.countyCode,
        setting: node.setting,
        nodeId: node.id,
        isFirstNode: true,
        isLastSeat: true,
        versions: null,
        record: null,
        server,
        surroundings: await gate.surroundings(actor, place.enterpriseId),
      })
      if (!open) throw new Refusal('not-found')
      const draft = await drafts.read(actor, `start:${procedureId}`)
      const first = { ...forms.initialValues(open.form, open.context), ...draft?.form }
      return {
        procedureId,
        procedureName: file.title,
        nodeName: node.name,
        form: await formViewsOf(parts, actor, place)(open, first),
        outcome,
        draftSavedAt: draft?.savedAt ?? null,
        ahead: model.userTasks
          .filter((task) => task.id !== node.id)
          .map((task) => {
            const who = task.setting?.seats[0]?.who
            return {
              nodeName: task.name,
              who: who?.kind === 'position' ? positionTitle(who.position) : who?.kind === 'initiator' ? '发起人' : '',
            }
          }),
      }
    },
  }
}
