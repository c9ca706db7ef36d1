import { type FieldProblem, Refusal } from '../../http/problem.ts'
import { campaignFor } from '../../ledgers/index.ts'
import { DAY_MS, dayStart, nextDay } from '../../organisation/index.ts'
import type { HazardLevel, RecordRow } from '../../records/index.ts'
import { engineValue } from '../engine-values.ts'
import type { Values } from '../form-gate.ts'
import type { Effect, EffectDeps, EffectScope } from './effect.ts'

const SAFETY = ['ENT_SAFETY_STAFF', 'ENT_SAFETY_DIRECTOR']
const OPEN_STATUSES = ['SUBMITTED', 'SIGNED', 'CONFIRMING', 'CONFIRMED', 'RECTIFYING', 'ACCEPTING'] as const

interface Enterprise {
  readonly id: string
  readonly townId: string
  readonly name: string
  readonly industry: string
}

/**
 * Registers the hazards of a check: each gets its number once, for life. On a returned list known ones are changed, and one that was
 * taken off becomes VOID with its reason. Also the single hazard that an inspector registers. first-loop.md §1.3 row 1, B22, B29.
 */
export const registerHazards: Effect = async (scope, deps) => {
  const { form, record, changes } = scope
  const enterprise = await enterpriseOf(scope, deps)
  const rows = hazardRows(form)
  assertLinesAnswered(form, rows)
  const before = new Map((await linkedHazards(record.id, deps)).map((hazard) => [hazard.number, changes.load(hazard)]))
  const kept: RecordRow[] = []
  for (const [index, row] of rows.entries()) {
    const known =
      typeof row['hazardNo'] === 'string'
        ? before.get(row['hazardNo'])
        : [...before.values()].find((hazard) => hazard.data['clientId'] !== undefined && hazard.data['clientId'] === row['clientId'])
    if (row['removed'] === true) {
      if (known) voidHazard(scope, known, row)
      continue
    }
    const values = await hazardValues(row, index, scope, deps, enterprise, known)
    if (known) {
      changes.merge(known.id, values)
      changes.setLevel(known.id, values.level)
      changes.setDueAt(known.id, dueAtOf(values.level, values['dueDate']))
      kept.push(changes.get(known.id))
    } else kept.push(await register(values, scope, deps, enterprise))
  }
  for (const hazard of before.values())
    if (!kept.some((one) => one.id === hazard.id) && changes.get(hazard.id).status !== 'VOID') voidHazard(scope, hazard, {})
  for (const hazard of kept) scope.addRelated('hazards', hazard)
  changes.merge(record.id, { foundCount: kept.length, hazardNumbers: kept.map((hazard) => hazard.number) })
  changes.setTitle(
    record.id,
    kept.length === 0 ? `${enterprise.name} 自查，未发现隐患` : `${enterprise.name} 检查，发现隐患 ${kept.length} 项`,
  )
  return routing(scope, deps, enterprise, kept)
}

async function enterpriseOf({ record, form, countyCode }: EffectScope, { organisation }: EffectDeps): Promise<Enterprise> {
  const id = record.enterpriseId ?? form['enterpriseId']
  const found = typeof id === 'string' ? await organisation.places.enterprise(countyCode, id) : null
  if (!found) throw new Refusal('form-invalid', { errors: [{ field: 'enterpriseId', code: 'required', message: '请选择企业' }] })
  return found
}

/** A check's list, or the one hazard that the form itself is. */
export function hazardRows(form: Values): readonly Values[] {
  const list = form['hazards']
  if (Array.isArray(list)) return list.filter((row): row is Values => typeof row === 'object' && row !== null)
  return 'items' in form ? [] : [form]
}

/** As many hazards as lines that are not in order, each named once. */
function assertLinesAnswered(form: Values, rows: readonly Values[]): void {
  const items = form['items']
  if (!Array.isArray(items)) return
  const live = rows.filter((row) => row['removed'] !== true)
  const abnormal = items.filter((item: Values) => item['result'] === 'ABNORMAL')
  const errors: FieldProblem[] = []
  for (const item of abnormal as Values[])
    if (!live.some((row) => row['lineId'] === item['lineId']))
      errors.push({
        field: 'hazards',
        code: 'line-without-hazard',
        message: `「${String(item['item'] ?? item['lineId'])}」判为异常，还没有登记隐患`,
      })
  for (const [index, row] of rows.entries())
    if (row['removed'] !== true && typeof row['lineId'] === 'string' && !abnormal.some((item: Values) => item['lineId'] === row['lineId']))
      errors.push({ field: `hazards.${index}.lineId`, code: 'line-in-order', message: '这条隐患对应的检查项没有判为异常' })
  if (errors.length > 0) throw new Refusal('form-invalid', { errors })
}

async function linkedHazards(recordId: string, { records }: EffectDeps): Promise<readonly RecordRow[]> {
  const links = (await records.trail.linked(recordId)).filter((link) => link.kind === 'found' && link.direction === 'to')
  const rows = await Promise.all(links.map((link) => records.store.byId(link.recordId)))
  return rows.filter((row): row is RecordRow => row !== null)
}

function voidHazard({ changes }: EffectScope, hazard: RecordRow, row: Values): void {
  changes.setStatus(hazard.id, 'VOID')
  changes.merge(hazard.id, {
    voidReason: typeof row['removedReason'] === 'string' && row['removedReason'] !== '' ? row['removedReason'] : '从清单中移除',
  })
}

type HazardValues = Values & { readonly level: HazardLevel; readonly repeated: boolean }

async function hazardValues(
  row: Values,
  index: number,
  { record, now, actor, form }: EffectScope,
  deps: EffectDeps,
  enterprise: Enterprise,
  known: RecordRow | undefined,
): Promise<HazardValues> {
  const level: HazardLevel = row['level'] === 'SUSPECTED_MAJOR' ? 'SUSPECTED_MAJOR' : 'GENERAL'
  const at = 'items' in form ? `hazards.${index}.` : ''
  if (row['level'] === 'MAJOR')
    throw new Refusal('form-invalid', {
      errors: [{ field: `${at}level`, code: 'not-allowed', message: '「重大隐患」只能由县里确认，请选「疑似重大」' }],
    })
  const open = await deps.records.store.listAll(record.countyCode, { kinds: ['hazard'], enterpriseId: enterprise.id })
  const others = open.filter((hazard) => hazard.id !== known?.id && hazard.data['category'] === row['category'])
  const same = others.find(
    (hazard) =>
      OPEN_STATUSES.some((status) => status === hazard.status) &&
      hazard.data['location'] === row['location'] &&
      hazard.data['originId'] !== record.number,
  )
  const reason = row['duplicateReason']
  if (same && !(typeof reason === 'string' && reason !== ''))
    throw new Refusal('duplicate-hazard', {
      detail: `与 ${same.number} 的部位和类别相同`,
      data: { number: same.number, title: same.title, index, field: `${at}duplicateReason` },
    })
  const { hazards: _, removed: __, ...own } = row
  return {
    ...own,
    level,
    onSpot: level === 'GENERAL' && row['onSpot'] === true,
    source: own['source'] ?? (record.data['source'] as string | undefined) ?? 'SELF',
    originId: record.number,
    foundAt: own['foundAt'] ?? form['checkedAt'] ?? now,
    foundBy: known?.data['foundBy'] ?? (typeof own['foundBy'] === 'string' ? own['foundBy'] : actor.personId),
    registeredBy: known?.data['registeredBy'] ?? actor.personId,
    industry: enterprise.industry,
    attempt: known?.data['attempt'] ?? 1,
    ...(same ? { duplicateOf: same.number } : {}),
    repeated: others.some(
      (hazard) => hazard.createdAt > now - 365 * DAY_MS && hazard.status !== 'VOID' && hazard.data.originId !== record.number,
    ),
  }
}

async function register(values: HazardValues, scope: EffectScope, { records }: EffectDeps, enterprise: Enterprise): Promise<RecordRow> {
  const { countyCode, record, actor, changes } = scope
  const number = await records.numbers.next(countyCode, 'hazard')
  const hazard = await records.store.create({
    countyCode,
    number,
    kind: 'hazard',
    title: String(values['description'] ?? '隐患').slice(0, 80),
    status: 'SUBMITTED',
    side: record.side,
    flags: values.repeated ? ['repeated'] : [],
    level: values.level,
    enterpriseId: enterprise.id,
    townId: enterprise.townId,
    campaignId: campaignFor({ countyCode, industry: enterprise.industry, foundAt: instantOf(values['foundAt'], scope.now) }),
    dueAt: dueAtOf(values.level, values['dueDate']),
    data: { ...values, hazardNo: number },
    createdBy: actor.personId,
    nodeId: scope.nodeId,
  })
  await records.trail.link(record.id, hazard.id, 'found')
  return changes.load(hazard)
}

/** A general hazard's date counts from its registration; a major one's is fixed by who confirms it (B12). */
function dueAtOf(level: HazardLevel, dueDate: unknown): number | null {
  return level === 'GENERAL' && typeof dueDate === 'string' && /^\d{4}-\d\d-\d\d/.test(dueDate)
    ? dayStart(nextDay(dueDate.slice(0, 10)))
    : null
}

/** Form date-times are the county's `yyyy-mm-ddThh:mm`. */
export function instantOf(value: unknown, otherwise: number): number {
  if (typeof value === 'number') return value
  if (typeof value !== 'string') return otherwise
  const parsed = Date.parse(
    /[zZ]|[+-]\d\d:?\d\d$/.test(value)
      ? value
      : value.length === 10
        ? `${value}T00:00:00+08:00`
        : `${value}${value.length === 16 ? ':00' : ''}+08:00`,
  )
  return Number.isNaN(parsed) ? otherwise : parsed
}

async function routing(
  { actor, countyCode }: EffectScope,
  { organisation }: EffectDeps,
  enterprise: Enterprise,
  hazards: readonly RecordRow[],
) {
  const holdings = await organisation.people.holdingsOf(countyCode, actor.personId)
  const suspected = hazards.find((hazard) => hazard.level === 'SUSPECTED_MAJOR')
  const weightiest = suspected ?? hazards[0]
  return {
    foundCount: engineValue(hazards.length),
    needsGrade: engineValue(!holdings.some((holding) => SAFETY.includes(holding.position))),
    industry: engineValue(enterprise.industry),
    category: engineValue(weightiest?.data['category'] ?? ''),
    judgeClauseGiven: engineValue(
      hazards.some(
        (hazard) => hazard.data['judgeBasis'] !== undefined && hazard.data['judgeBasis'] !== null && hazard.data['judgeBasis'] !== '',
      ),
    ),
    onSpot: engineValue(hazards.length > 0 && hazards.every((hazard) => hazard.data['onSpot'] === true)),
    enterpriseId: engineValue(enterprise.id),
    townId: engineValue(enterprise.townId),
  }
}
