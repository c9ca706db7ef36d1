import type { NodeSetting, SeatSetting } from '../../contracts/bpmn-extension.ts'
import type { ProcessEngine } from '../../engine/process-engine.ts'
import { isPosition, type Organisation, positionTitle } from '../organisation/index.ts'
import { type Slots, shippedProcedure, slotFault } from './procedure-file.ts'
import { type ProcedureModel, readModel } from './procedure-model.ts'
import { packageResources } from './publish.ts'
import type { VersionStore } from './version-store.ts'

export interface ProcedureFindingRow {
  /** `law`: cannot be published, by a clause; `error`: cannot work; `warning`: may be published. */
  readonly kind: 'law' | 'error' | 'warning'
  readonly elementId: string | null
  readonly message: string
  readonly line: number
  readonly column: number
  readonly basis: string | null
}

/** What the rest of the server knows and a model may name. */
export interface KnownNames {
  readonly forms: readonly string[]
  readonly effects: readonly string[]
  readonly guards: readonly string[]
  readonly isFactType: (type: string) => boolean
}

export interface LintDeps {
  readonly engine: ProcessEngine
  readonly organisation: Organisation
  readonly versions: VersionStore
  readonly known: KnownNames
}

/** Judges a changed procedure before it is published: the engine's compiler, the law, what it names, and today's organisation. */
export async function lintProcedure(
  deps: LintDeps,
  countyCode: string,
  procedureId: string,
  change: { xml: string; slots: Slots },
): Promise<readonly ProcedureFindingRow[]> {
  const shipped = shippedProcedure(procedureId)
  if (!shipped) return []
  const current = await deps.versions.currentPackage(countyCode, shipped.package)
  const { resources } = packageResources(shipped.package, current, { xml: { [procedureId]: change.xml } })
  const compiled = await deps.engine.deployments.check(resources)
  const findings: ProcedureFindingRow[] = compiled
    .filter((finding) => finding.resource === `${procedureId}.bpmn` || finding.severity === 'error')
    .map((finding) => ({
      kind: finding.severity,
      elementId: finding.elementIds[0] ?? null,
      message: finding.message,
      line: finding.line,
      column: finding.column,
      basis: null,
    }))
  const model = await readModel(change.xml).catch((error: unknown) => {
    if (findings.every((finding) => finding.kind !== 'error'))
      findings.push({
        kind: 'error',
        elementId: null,
        message: `模型无法读取：${error instanceof Error ? error.message : ''}`,
        line: 0,
        column: 0,
        basis: null,
      })
    return null
  })
  if (!model) return findings
  const at = (elementId: string) => positionIn(change.xml, elementId)
  const add = (kind: ProcedureFindingRow['kind'], elementId: string, message: string, basis: string | null = null) =>
    findings.push({ kind, elementId, message, ...at(elementId), basis })
  for (const { elementId, message } of model.problems) add('error', elementId, message)
  lintNames(model, deps.known, add)
  lintLaw(model, await readModel(shipped.xml), add)
  lintSlots(procedureId, change.slots, findings)
  await lintSeats(deps.organisation, countyCode, model, { ...current[0]?.slots, ...change.slots }, add)
  return findings
}

type Add = (kind: ProcedureFindingRow['kind'], elementId: string, message: string, basis?: string | null) => void

function lintNames(model: ProcedureModel, known: KnownNames, add: Add): void {
  for (const node of model.nodes.values()) {
    if (node.type === 'bpmn:UserTask' && !node.setting) add('error', node.id, `「${node.name}」没有设置办理人和结论`)
    const { setting, effect } = node
    if (setting?.form !== undefined && !known.forms.includes(setting.form))
      add('error', node.id, `「${node.name}」引用的表单 ${setting.form} 不存在`)
    for (const { node: target } of setting?.returnTo ?? [])
      if (model.nodes.get(target)?.type !== 'bpmn:UserTask') add('error', node.id, `「${node.name}」退回的目标 ${target} 不在本流程里`)
    for (const call of [...(setting?.effects ?? []), ...(effect?.effects ?? [])])
      if (!known.effects.includes(call.effect)) add('error', node.id, `「${node.name}」要做的 ${call.effect} 系统不认识`)
    for (const guard of setting?.guards ?? [])
      if (!known.guards.includes(guard.check)) add('error', node.id, `「${node.name}」的条件 ${guard.check} 系统不认识`)
    for (const fact of [...(setting?.facts ?? []), ...(effect?.facts ?? [])])
      if (!known.isFactType(fact.type)) add('error', node.id, `「${node.name}」登记的 ${fact.type} 不在可统计的事项里`)
    if (setting) lintOutcomes(node.id, node.name, setting, add)
  }
}

function lintOutcomes(id: string, name: string, setting: NodeSetting, add: Add): void {
  if (new Set(setting.outcomes.map((outcome) => outcome.code)).size !== setting.outcomes.length)
    add('error', id, `「${name}」有两个相同的结论`)
  if (setting.outcomes.every((outcome) => outcome.kind !== 'approve')) add('error', id, `「${name}」没有一个能往下走的结论`)
  const isShared = setting.mode === 'ALL' || (setting.mode === 'SEQ' && setting.seats.length > 1)
  if (isShared && setting.outcomes.some((outcome) => outcome.kind === 'other' && !outcome.stays))
    add('warning', id, `「${name}」由多人办理，「其他」类结论由一人作出即生效`)
}

/** What the law fixes cannot be designed away: statutory steps, their signatures, two different people. */
function lintLaw(model: ProcedureModel, shipped: ProcedureModel, add: Add): void {
  for (const before of shipped.userTasks) {
    const rule = before.setting
    if (!rule?.statutory) continue
    const basis = rule.basis[0]?.law ?? null
    const now = model.nodes.get(before.id)
    if (!now?.setting) {
      add('law', before.id, `法定步骤「${before.name}」不能删除`, basis)
      continue
    }
    if (now.setting.statutory !== rule.statutory) add('law', now.id, `「${now.name}」是法定步骤，标记不能取消`, basis)
    for (const other of rule.distinctFrom)
      if (!now.setting.distinctFrom.includes(other))
        add('law', now.id, `「${now.name}」不能由办理过「${shipped.nodes.get(other)?.name ?? other}」的人办理，这一条不能取消`, basis)
    for (const outcome of rule.outcomes.filter((one) => one.signature))
      if (now.setting.outcomes.some((one) => one.code === outcome.code && !one.signature))
        add('law', now.id, `「${now.name}」的「${outcome.label}」须手写签名`, basis)
    for (const guard of rule.guards)
      if (!now.setting.guards.some((one) => one.check === guard.check)) add('law', now.id, `「${now.name}」的前置条件不能取消`, basis)
  }
}

function lintSlots(procedureId: string, slots: Slots, findings: ProcedureFindingRow[]): void {
  const own = shippedProcedure(procedureId)?.slots ?? []
  for (const definition of own) {
    if (!(definition.key in slots)) continue
    const value = slots[definition.key]
    const fault = slotFault(definition, value)
    if (fault) findings.push({ kind: 'error', elementId: null, message: fault, line: 0, column: 0, basis: definition.basis || null })
    else if (definition.key === 'confirm.chain' && Array.isArray(value) && value.length < 2)
      findings.push({
        kind: 'law',
        elementId: 'confirm',
        message: '企业自查发现的重大隐患须两级确认，不能少于两级',
        line: 0,
        column: 0,
        basis: definition.basis,
      })
  }
}

async function lintSeats(
  { people, places }: Organisation,
  countyCode: string,
  model: ProcedureModel,
  slots: Slots,
  add: Add,
): Promise<void> {
  const [towns, enterprises] = await Promise.all([places.towns(countyCode), places.enterprises(countyCode)])
  for (const node of model.userTasks) {
    const seats = (node.setting?.seats ?? []).flatMap((seat): SeatSetting[] =>
      seat.who.kind === 'slot' ? ((slots[seat.who.slot] as SeatSetting[] | undefined) ?? []) : [seat],
    )
    if (node.setting && seats.length === 0) add('error', node.id, `「${node.name}」没有办理人`)
    for (const seat of seats) {
      const { who } = seat
      if (who.kind !== 'position') continue
      if (!isPosition(who.position)) {
        add('error', node.id, `「${node.name}」的岗位 ${who.position} 不存在`)
        continue
      }
      const holders = await people.holdersOf(countyCode, who.position)
      const hasFallback = (seat.fallback ?? []).length > 0
      const title = positionTitle(who.position)
      if (who.of === 'county' && holders.length === 0)
        add(hasFallback ? 'warning' : 'error', node.id, `「${node.name}」：县里没有人担任${title}`)
      const missing =
        who.of === 'town'
          ? towns.filter((town) => !holders.some((holding) => holding.townId === town.id))
          : who.of === 'enterprise'
            ? enterprises.filter((one) => !holders.some((holding) => holding.enterpriseId === one.id))
            : []
      if (missing.length > 0 && !hasFallback)
        add(
          'warning',
          node.id,
          `「${node.name}」：${missing.length} 个${who.of === 'town' ? '镇' : '企业'}没有${title}（${missing
            .slice(0, 3)
            .map((one) => one.name)
            .join('、')}${missing.length > 3 ? ' 等' : ''}），将转流程管理员`,
        )
    }
    await lintDistinct(people, countyCode, node.id, node.name, seats, add)
  }
}

/** Two levels of a chain that one and the same person holds. */
async function lintDistinct(
  people: Organisation['people'],
  countyCode: string,
  id: string,
  name: string,
  seats: readonly SeatSetting[],
  add: Add,
): Promise<void> {
  const lone: string[] = []
  for (const { who, fallback } of seats) {
    if (who.kind !== 'position' || !isPosition(who.position) || who.of !== 'county') continue
    const holders = await people.holdersOf(countyCode, who.position)
    const [only] = holders
    if (holders.length !== 1 || !only) continue
    if (lone.includes(only.personId) && (fallback ?? []).length === 0)
      add('warning', id, `「${name}」：${only.personName} 同时占两个席位，第二席将无人可办`)
    lone.push(only.personId)
  }
}

function positionIn(xml: string, elementId: string): { line: number; column: number } {
  const index = xml.indexOf(`id="${elementId}"`)
  if (index < 0) return { line: 0, column: 0 }
  const before = xml.slice(0, index).split('\n')
  return { line: before.length, column: (before.at(-1)?.length ?? 0) + 1 }
}
