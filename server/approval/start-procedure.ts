import type { z } from 'zod'
import type { Started, startRequest } from '../../contracts/api/start.ts'
import { Refusal } from '../http/problem.ts'
import type { Actor } from '../identity/actor.ts'
import { campaignFor } from '../ledgers/index.ts'
import type { Holding } from '../organisation/index.ts'
import { type ShippedProcedure, shippedProcedure } from '../procedures/index.ts'
import { readCaseFile } from './case-file.ts'
import { decideWithin } from './decide-seat.ts'
import type { ApprovalParts } from './deps.ts'
import { engineVariables } from './engine-values.ts'
import { once } from './once.ts'

export type StartRequest = z.infer<typeof startRequest>

/** Starts a procedure and completes its first node, in one transaction. The same request twice is one start. */
export type StartProcedure = (
  actor: Actor,
  procedureId: string,
  request: StartRequest & { signature?: { image: string; strokes: number } },
) => Promise<Started>

export function makeStartProcedure(parts: ApprovalParts): StartProcedure {
  const { procedures, records, engine, runs } = parts
  return (actor, procedureId, request) =>
    once(parts, actor, request.requestId, `start:${procedureId}`, async (tx) => {
      const file = shippedProcedure(procedureId)
      const place = file ? await startingPlace(parts, actor, file) : null
      if (!file || !place) throw new Refusal('not-found')
      const { version, model } = await procedures.current(actor.countyCode, procedureId)
      const node = model.firstNode === null ? undefined : model.nodes.get(model.firstNode)
      const [outcome] = node?.setting?.outcomes ?? []
      if (!node || !outcome) throw new Error(`procedure ${procedureId} has no first node`)

      const where = await recordPlace(parts, actor, file, place, request.form)
      const number = await records.numbers.next(actor.countyCode, file.recordKind === 'hazard' ? 'check' : file.recordKind)
      const record = await records.store.create({
        countyCode: actor.countyCode,
        number,
        kind: file.recordKind,
        title: file.title,
        status: 'DRAFT',
        side: place.enterpriseId === null ? 'authority' : 'enterprise',
        enterpriseId: where.enterpriseId,
        townId: where.townId,
        campaignId: where.campaignId,
        data: { source: where.source, procedureId },
        createdBy: actor.personId,
        nodeId: node.id,
      })
      const instance = await engine.instances.start(
        {
          definitionId: version.definitionId,
          businessKey: number,
          variables: engineVariables({ initiator: actor.personId, enterpriseId: where.enterpriseId ?? '', townId: where.townId ?? '' }),
        },
        tx,
      )
      const run = (await runs.ofRecords([record.id])).find((one) => one.instanceId === instance.id && one.nodeId === node.id)
      const [seat] = run ? await runs.seatsOf([run.id]) : []
      if (!seat) throw new Error(`instance ${instance.id} of ${procedureId} did not reach ${node.id}`)
      await decideWithin(parts, tx, actor, seat.id, {
        outcome: request.outcome ?? outcome.code,
        form: request.form,
        opinion: '',
        ...(request.signature ? { signature: request.signature } : {}),
      })
      await tx.query('delete from approval_draft where person_id = ? and subject = ?', [actor.personId, `start:${procedureId}`])
      const done = await records.store.byId(record.id)
      const { hazards } = await readCaseFile(parts, done ?? record)
      return {
        instanceId: instance.id,
        recordNumber: number,
        hazards: hazards.map((hazard) => ({
          number: hazard.number,
          level: hazard.level ?? '',
          description: String(hazard.data['description'] ?? ''),
        })),
        sentence: hazards.length > 0 ? `已提交，登记隐患 ${hazards.length} 项` : '已提交',
      }
    })
}

/** The post by which this person may start the procedure; null when he may not. */
export async function startingPlace({ organisation }: ApprovalParts, actor: Actor, file: ShippedProcedure): Promise<Holding | null> {
  const holdings = await organisation.people.holdingsOf(actor.countyCode, actor.personId)
  return holdings.find((holding) => file.startPositions.includes(holding.position)) ?? null
}

interface RecordPlace {
  readonly enterpriseId: string | null
  readonly townId: string | null
  readonly campaignId: string | null
  readonly source: string
}

/** Whose record it is: the starter's enterprise, or the one that an official names; an official's own reports belong to his unit. */
async function recordPlace(
  { organisation, clock }: ApprovalParts,
  actor: Actor,
  file: ShippedProcedure,
  place: Holding,
  form: Readonly<Record<string, unknown>>,
): Promise<RecordPlace> {
  const named = form['enterpriseId']
  const enterpriseId = place.enterpriseId ?? (typeof named === 'string' && named !== '' ? named : null)
  const enterprise = enterpriseId === null ? null : await organisation.places.enterprise(actor.countyCode, enterpriseId)
  if (enterpriseId !== null && !enterprise)
    throw new Refusal('form-invalid', { errors: [{ field: 'enterpriseId', code: 'unknown-reference', message: '没有这家企业' }] })
  if (place.enterpriseId === null && enterprise && place.townId !== null && enterprise.townId !== place.townId)
    throw new Refusal('form-invalid', { errors: [{ field: 'enterpriseId', code: 'unknown-reference', message: '这家企业不在本镇' }] })
  const isOwnWork = file.package === 'campaign'
  const now = clock.now()
  return {
    enterpriseId: enterprise?.id ?? null,
    townId: isOwnWork ? place.townId : (enterprise?.townId ?? place.townId),
    campaignId: campaignFor({ countyCode: actor.countyCode, industry: enterprise?.industry ?? (isOwnWork ? 'NCM' : null), foundAt: now }),
    source: place.enterpriseId !== null ? 'SELF' : place.townId !== null ? 'TOWN' : 'DEPT',
  }
}
