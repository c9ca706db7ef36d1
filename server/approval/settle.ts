import type { EffectSetting, NodeSetting, RelatedTarget } from '../../contracts/bpmn-extension.ts'
import type { Tx } from '../../database/database.ts'
import type { Value, Variables } from '../../engine/process-engine.ts'
import type { Actor } from '../identity/actor.ts'
import { recordFact } from '../ledgers/index.ts'
import type { RecordRow } from '../records/index.ts'
import { type CaseFile, readCaseFile } from './case-file.ts'
import { applyRecordSettings, type DeclarationScope, declaredFacts, type FactNames, isOn, type Targets } from './declarations.ts'
import type { ApprovalParts } from './deps.ts'
import { EFFECTS } from './effects/index.ts'
import type { Values } from './form-gate.ts'
import { makeRecordChanges, type RecordChanges } from './record-changes.ts'

export type Declarations = Pick<NodeSetting, 'record' | 'facts' | 'effects'> | EffectSetting

/** Where something is settled, and what was said there. */
export interface Settlement {
  readonly actor: Actor
  readonly countyCode: string
  readonly instanceId: string
  readonly rootInstanceId: string
  readonly nodeId: string
  readonly runId: string
  readonly occurrence?: string
  readonly record: RecordRow
  readonly isSeat: boolean
  readonly outcome: string
  readonly step: number
  readonly form: Values
  readonly forms: readonly Values[]
  readonly opinion: string
  /** Values to write into the record before anything else is settled. */
  readonly write?: (changes: RecordChanges) => void
}

/**
 * Settles what an element declares: effects, then changes of records, then facts, all within the transaction. Answers the variables
 * that effects want the engine to have.
 */
export async function settle(
  parts: ApprovalParts,
  tx: Tx,
  declarations: readonly Declarations[],
  settlement: Settlement,
): Promise<Variables> {
  const { records, clock, engine, organisation, reports, events } = parts
  const file = await readCaseFile(parts, settlement.record)
  const changes = makeRecordChanges(records.store)
  const related = loaded(changes, file)
  settlement.write?.(changes)
  const now = clock.now()
  const variables = await engine.instances.variables(settlement.instanceId, tx)
  const answered: Record<string, Value> = {}
  const scope: DeclarationScope = {
    ...settlement,
    now,
    personId: settlement.actor.personId === '' ? null : settlement.actor.personId,
    variables,
  }
  for (const { effects } of declarations)
    for (const call of effects) {
      if (!isOn(call.on, scope)) continue
      const effect = EFFECTS[call.effect]
      if (!effect) throw new Error(`node ${settlement.nodeId} names the effect ${call.effect}, which does not exist`)
      const effectScope = {
        ...settlement,
        tx,
        now,
        variables,
        changes,
        record: changes.get(settlement.record.id),
        hazardIds: () => related.hazards,
        listingIds: () => related.listing,
        dualReportIds: () => related.dualReport,
        addRelated: (kind: RelatedTarget, row: RecordRow) => {
          changes.load(row)
          if (!related[kind].includes(row.id)) related[kind].push(row.id)
        },
      }
      Object.assign(answered, await effect(effectScope, { engine, organisation, records, reports }))
    }
  const targets = { changes, idsOf: targetIds(settlement.record, changes, related) }
  for (const declared of declarations) applyRecordSettings(declared, scope, targets)
  const names = await factNames(parts, settlement.countyCode, [settlement.record, ...related.hazards.map(changes.get)])
  for (const declared of declarations)
    for (const fact of declaredFacts(declared, scope, targets, { ...settlement, names })) await recordFact(tx, fact)
  await changes.save({ personId: scope.personId, nodeId: settlement.nodeId })
  tx.afterCommit(() => events.publish('everybody', { kind: 'record', countyCode: settlement.countyCode, number: settlement.record.number }))
  return answered
}

/** Whom a declaration speaks of, as the effects left them: what a declaration itself makes void is still counted. */
function targetIds(record: RecordRow, changes: RecordChanges, related: Record<RelatedTarget, string[]>): Targets['idsOf'] {
  const standing = (ids: readonly string[]) => ids.filter((id) => changes.get(id).status !== 'VOID')
  const ids = {
    self: [record.id],
    hazards: standing(related.hazards),
    listing: standing(related.listing),
    dualReport: standing(related.dualReport),
  }
  return (target) => ids[target]
}

function loaded(changes: RecordChanges, file: CaseFile): Record<RelatedTarget, string[]> {
  changes.load(file.record)
  const ids = (rows: readonly RecordRow[]) => rows.map((row) => changes.load(row).id)
  return { hazards: ids(file.hazards), listing: ids(file.listings), dualReport: ids(file.dualReports) }
}

async function factNames(
  { organisation }: ApprovalParts,
  countyCode: string,
  rows: readonly RecordRow[],
): Promise<(record: RecordRow) => FactNames> {
  const ids = [...new Set(rows.flatMap((row) => row.enterpriseId ?? []))]
  const enterprises = new Map((await organisation.places.enterprises(countyCode, { ids })).map((one) => [one.id, one]))
  const towns = new Map((await organisation.places.towns(countyCode)).map((one) => [one.id, one.name]))
  return (record) => {
    const enterprise = record.enterpriseId === null ? undefined : enterprises.get(record.enterpriseId)
    return {
      enterpriseName: enterprise?.name ?? '',
      townName: record.townId === null ? '' : (towns.get(record.townId) ?? ''),
      industry: enterprise?.industry ?? '',
    }
  }
}
