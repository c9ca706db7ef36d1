import type { Actor } from '../identity/actor.ts'
import { dayOf, timeOf } from '../organisation/index.ts'
import type { World } from './world.ts'

type Values = Readonly<Record<string, unknown>>

export const signatureOf = ({ pictures }: World) => ({ image: pictures.signature, strokes: 6 })

/** A picture that this person took, as it stands in a form. */
async function photo({ application, clock, pictures }: World, actor: Actor, moment: 'before' | 'after' = 'before'): Promise<Values> {
  photos += 1
  const id = `photo-${photos}`
  const { bytes, mime } = pictures.photo(moment)
  const kept = await application.features.records.attachments.keepBytes(bytes, {
    actor,
    clientId: `${id}-${clock.now()}-${actor.personId}`.slice(0, 64),
    name: `${id}.${mime === 'image/png' ? 'png' : 'jpg'}`,
    declaredMime: mime,
    takenAt: clock.now(),
    place: null,
  })
  return { id: kept.id, name: kept.name, mime: kept.mime, size: kept.size }
}
let photos = 0

export interface FormScope {
  readonly world: World
  readonly actor: Actor
  readonly as: string
  readonly formKey: string
  /** What the scenario itself says: some defaults follow from it. */
  readonly given: Values
  /** Values that the form opens with. */
  readonly stored: Values
}

type Defaults = (scope: FormScope) => Promise<Values>

/** What people fill in when a scenario does not say otherwise, by form. */
const DEFAULTS: Readonly<Record<string, Defaults>> = {
  async selfCheckSheet(scope) {
    const { world, actor, given, stored } = scope
    const form = await world.application.features.forms.effectiveForm('selfCheckSheet', 'latest', world.countyCode)
    const lines = sheetLinesOf(form?.schema)
    const rows = Array.isArray(given.hazards) ? (given.hazards as Values[]) : ((stored.hazards as Values[] | undefined) ?? [])
    const taken = new Set(rows.flatMap((row) => (typeof row.lineId === 'string' ? [row.lineId] : [])))
    const free = lines.filter((line) => !taken.has(line.lineId))
    const hazards = await Promise.all(
      rows.map(async (row, index) => ({
        ...(row.hazardNo === undefined ? await hazard({ ...scope, given: row }, index) : {}),
        lineId: row.lineId ?? free[index]?.lineId,
        ...row,
      })),
    )
    const failed = new Set(hazards.filter((row) => (row as Values).removed !== true).map((row) => row.lineId))
    return {
      layer: 'PLANT',
      checkedAt: localTime(world.clock.now()),
      checkers: [actor.personId],
      units: [{ unit: '采场', stage: '采剥', post: '铲装', part: '工作面' }],
      items: await Promise.all(
        lines.map(async (line) => ({
          lineId: line.lineId,
          section: line.section,
          result: failed.has(line.lineId) ? 'ABNORMAL' : 'NORMAL',
          ...(failed.has(line.lineId) ? { note: '不符合要求', pics: [await photo(world, actor)] } : {}),
        })),
      ),
      hazards,
      checkerSign: signatureOf(world),
    }
  },

  hazardRecord: (scope) => hazard(scope, 0),
  principalSignoff: async () => ({}),

  async majorHazardReport({ world, actor }) {
    return {
      situation: '采场东侧台阶坡面出现裂缝，坡脚有少量落石。',
      judgeClause: 'NCM-OP-02',
      consequence: '可能发生边坡滑移，威胁下部作业人员和设备。',
      exposedPeople: 3,
      imminent: false,
      evacuated: false,
      interimControl: '坡脚三十米设警戒，停止下部作业。',
      measuresTaken: '已撤出下部人员，安排专人盯守。',
      pics: [await photo(world, actor), await photo(world, actor)],
    }
  },

  confirmOpinion: async () => ({ onSite: false, suggestLister: 'COUNTY_BUREAU' }),

  async rectificationPlan({ world, actor, as, stored }) {
    const due = typeof stored.dueDate === 'string' ? stored.dueDate : dayOf(world.clock.now() + 10 * 86_400_000)
    return {
      five: {
        responsibility: [{ unit: '采矿车间', personId: worker(world, as), duty: '组织整改' }],
        measures: [{ measure: '自上而下清理浮石，削坡至设计坡角', standard: '坡角不大于设计', start: dayOf(world.clock.now()), end: due }],
        fundWan: 12.5,
        fundSource: 'SAFETY_FUND',
        dueDate: due,
        planId: [await photo(world, actor)],
      },
    }
  },

  async rectificationProgress({ world, actor }) {
    return {
      on: dayOf(world.clock.now()),
      percent: 100,
      note: '已按措施完成整改',
      onTrack: 'YES',
      afterPics: [await photo(world, actor, 'after')],
    }
  },

  async acceptance({ world, actor }) {
    return {
      completedOn: dayOf(world.clock.now()),
      spentWan: 11.8,
      situation: '已按方案完成削坡和清理浮石。',
      selfResult: 'PASS',
      afterPics: [await photo(world, actor, 'after')],
    }
  },

  async acceptanceOpinion({ as }) {
    const capacity = as.startsWith('town') ? 'TOWN' : as.startsWith('expert') ? 'EXPERT' : 'SECTION'
    return { ...(/^E\d/.test(as) ? {} : { capacity, lines: [{ measure: '削坡至设计坡角', done: 'YES' }] }) }
  },

  closeoutReview: async () => ({ reviewNote: '资料齐全，现场属实。' }),

  async listingNotice({ world, actor, stored }) {
    return {
      listingOrgId: world.placeId('bureau'),
      listingLevel: typeof stored.suggestLister === 'string' && stored.suggestLister !== '' ? stored.suggestLister : 'COUNTY_BUREAU',
      batchNo: 1,
      officerId: actor.personId,
      leaderId: world.personId('county.vice'),
      requirement: '按整改方案限期完成整改，期间落实警戒和盯守措施。',
      dueDate: stored.dueDate,
    }
  },

  async dualReport({ world, actor }) {
    return {
      content: '现将重大隐患的排查整改情况报告如下，请监督。',
      reportedOn: dayOf(world.clock.now()),
      method: 'BOARD',
      evidencePics: [await photo(world, actor)],
    }
  },

  async extensionRequest({ world, actor, as }) {
    const later = dayOf(world.clock.now() + 25 * 86_400_000)
    return {
      reasonType: 'WORKLOAD',
      reason: '削坡工程量大，冬季施工效率低。',
      percent: 70,
      five: {
        responsibility: [{ unit: '采矿车间', personId: worker(world, as), duty: '组织整改' }],
        measures: [{ measure: '分段削坡', standard: '达到设计坡角' }],
        fundWan: 15,
        fundSource: 'SAFETY_FUND',
        dueDate: later,
        planId: [await photo(world, actor)],
      },
      newDue: later,
      safeguard: '坡脚警戒，停止下部作业，每日巡查。',
      stopDuring: 'YES',
    }
  },

  suspensionOrder: async ({ world }) => ({
    from: localTime(world.clock.now()),
    type: 'SUSPEND',
    reason: ['MAJOR_HAZARD'],
    scope: '东采区全部作业',
  }),
  reportSubmission: async () => ({ remark: '数字已核对。' }),
  campaignEntry: async ({ world }) => ({ occurredOn: dayOf(world.clock.now()), count: 1 }),
}

/** The form's defaults with what the scenario says on top: groups are merged, lists are the scenario's. */
export async function fillForm(scope: FormScope): Promise<Values> {
  const defaults = await (DEFAULTS[scope.formKey]?.(scope) ?? Promise.resolve({}))
  const { hazards: _, ...rest } = scope.given
  return merged(defaults, scope.formKey === 'selfCheckSheet' ? rest : scope.given)
}

async function hazard({ world, actor, as, given }: FormScope, index: number): Promise<Values> {
  const isEnterprise = /^E\d/.test(as)
  const isSuspected = given.level === 'SUSPECTED_MAJOR'
  return {
    clientId: `hazard-${index}-${world.clock.now()}`,
    beforePics: [await photo(world, actor)],
    description: `第${index + 1}项：${isSuspected ? '台阶坡角大于设计，坡面开裂' : '防护栏杆缺失，存在坠落风险'}`,
    foundAt: localTime(world.clock.now()),
    foundBy: actor.personId,
    location: `采场${index + 1}号部位`,
    category: isSuspected ? 'SLOPE' : 'HAULAGE',
    level: 'GENERAL',
    onSpot: false,
    ...(isSuspected ? { judgeBasis: 'NCM-OP-02' } : {}),
    ...(given.onSpot === true ? { fixNote: '当场补装', afterPics: [await photo(world, actor, 'after')] } : {}),
    ...(isEnterprise
      ? {
          ownerId: worker(world, as),
          dueDate: isSuspected ? '2023-12-31' : dayOf(world.clock.now() + 15 * 86_400_000),
          five: { measures: [{ measure: '补装并检查全部栏杆' }] },
        }
      : {}),
  }
}

function worker(world: World, as: string): string {
  return world.personId(`${/^(E\d+)/.exec(as)?.[1] ?? 'E05'}.worker`)
}

const localTime = (at: number) => `${dayOf(at)}T${timeOf(at)}`

function sheetLinesOf(schema: unknown): readonly { lineId: string; section: string }[] {
  if (typeof schema !== 'object' || schema === null) return []
  const own = schema as { 'x-component'?: string; 'x-component-props'?: { lines?: { lineId: string; section: string }[] } }
  if (own['x-component'] === 'CheckSheet') return own['x-component-props']?.lines ?? []
  const { properties } = schema as { properties?: Readonly<Record<string, unknown>> }
  for (const inner of Object.values(properties ?? {})) {
    const lines = sheetLinesOf(inner)
    if (lines.length > 0) return lines
  }
  return []
}

function merged(base: Values, over: Values): Values {
  const isGroup = (value: unknown): value is Values => typeof value === 'object' && value !== null && !Array.isArray(value)
  const result: Record<string, unknown> = { ...base }
  for (const [key, value] of Object.entries(over))
    result[key] = isGroup(value) && isGroup(result[key]) ? merged(result[key] as Values, value) : value
  return result
}
