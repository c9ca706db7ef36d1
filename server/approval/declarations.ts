import type { EffectSetting, NodeSetting, RecordTarget } from '../../contracts/bpmn-extension.ts'
import type { Variables } from '../../engine/process-engine.ts'
import type { NewFact } from '../ledgers/index.ts'
import type { RecordRow } from '../records/index.ts'
import { plainValue } from './engine-values.ts'
import type { RecordChanges } from './record-changes.ts'
import { readPath } from './seat-resolution.ts'

/** What a declaration may speak of, at its moment. */
export interface DeclarationScope {
  /** Outcome code, or `*` for elements that are no user task. */
  readonly outcome: string
  /** True for one seat's vote, false for the run's decision. */
  readonly isSeat: boolean
  readonly step: number
  readonly now: number
  readonly personId: string | null
  readonly opinion: string
  readonly form: Readonly<Record<string, unknown>>
  readonly variables: Variables
}

type Declared = Pick<NodeSetting & EffectSetting, 'record' | 'facts'>

export interface Targets {
  readonly changes: RecordChanges
  /** Ids of the records that a target name stands for, the instance's own first. */
  readonly idsOf: (target: RecordTarget) => readonly string[]
}

/** Whether a declaration's `on` speaks of this moment. */
export function isOn(on: string, scope: Pick<DeclarationScope, 'outcome' | 'isSeat'>): boolean {
  const seatCode = on.startsWith('seat:') ? on.slice('seat:'.length) : null
  if (scope.isSeat !== (seatCode !== null)) return false
  const code = seatCode ?? on
  return code === '*' ? scope.outcome !== 'RETURN' : code === scope.outcome
}

/** Applies the declared changes of records, in order. */
export function applyRecordSettings(declared: Pick<Declared, 'record'>, scope: DeclarationScope, { changes, idsOf }: Targets): void {
  for (const setting of declared.record) {
    if (!isOn(setting.on, scope)) continue
    for (const recordId of idsOf(setting.of)) {
      if (!matches(changes.get(recordId), setting.where)) continue
      for (const [path, source] of Object.entries(setting.set)) {
        const value = sourceValue(source, changes.get(recordId), scope, 'form')
        if (value === undefined) continue
        if (path === 'level') changes.setLevel(recordId, value as 'GENERAL')
        changes.set(recordId, path, value)
      }
      if (setting.status !== undefined) changes.setStatus(recordId, setting.status)
      changes.flag(recordId, setting.flags)
    }
  }
}

/** The facts that are declared for this moment. */
export function declaredFacts(
  declared: Pick<Declared, 'facts'>,
  scope: DeclarationScope,
  { changes, idsOf }: Targets,
  origin: {
    readonly instanceId: string
    readonly nodeId: string
    readonly runId: string
    readonly occurrence?: string
    readonly names: (record: RecordRow) => FactNames
  },
): NewFact[] {
  return declared.facts.flatMap((setting) => {
    if (!isOn(setting.on, scope)) return []
    return idsOf(setting.of).flatMap((recordId) => {
      const record = changes.get(recordId)
      if (!matches(record, setting.where)) return []
      const own = Object.fromEntries(
        Object.entries(setting.attributes).map(([name, source]) => [name, sourceValue(source, record, scope, 'record')]),
      )
      return [
        {
          type: setting.type,
          countyCode: record.countyCode,
          townId: record.townId,
          enterpriseId: record.enterpriseId,
          recordId,
          hazardNo: hazardNumber(record),
          campaignId: record.campaignId,
          attributes: { ...commonAttributes(record, origin.names(record)), ...own },
          countedAt: scope.now,
          instanceId: origin.instanceId,
          nodeId: origin.nodeId,
          runId: origin.runId,
          ...(origin.occurrence === undefined ? {} : { occurrence: origin.occurrence }),
        },
      ]
    })
  })
}

export interface FactNames {
  readonly enterpriseName: string
  readonly townName: string
  readonly industry: string
}

/** What each fact keeps of its moment; later changes of master data do not touch it. */
function commonAttributes(record: RecordRow, names: FactNames): Record<string, unknown> {
  const { description, foundAt, source } = record.data
  return { campaignId: record.campaignId, ...names, description, foundAt, source, level: record.level }
}

function hazardNumber(record: RecordRow): string | null {
  if (record.kind === 'hazard') return record.number
  const { hazardNo } = record.data
  return typeof hazardNo === 'string' ? hazardNo : null
}

export function matches(record: RecordRow, where: Readonly<Record<string, unknown>>): boolean {
  return Object.entries(where).every(([key, wanted]) => {
    const found = key === 'status' ? record.status : key === 'level' ? record.level : readPath(record.data, key)
    return found === wanted
  })
}

function sourceValue(source: string, record: RecordRow, scope: DeclarationScope, from: 'form' | 'record'): unknown {
  if (source.startsWith('=')) return literal(source.slice(1))
  if (source.startsWith('$')) return plainValue(scope.variables[source.slice(1)])
  switch (source) {
    case '@now':
      return scope.now
    case '@person':
      return scope.personId
    case '@opinion':
      return scope.opinion
    case '@outcome':
      return scope.outcome
    case '@step':
      return scope.step
    case 'dueAt':
      return record.dueAt
    default:
      return from === 'form' ? readPath(scope.form, source) : readPath(record.data, source)
  }
}

function literal(text: string): unknown {
  if (text === 'true' || text === 'false') return text === 'true'
  return text
}
