import { z } from 'zod'

interface Setting<T> {
  readonly schema: z.ZodType<T>
  readonly default: T
  readonly title: string
  /** Clause that asks for it, or the decision that ships it as a default. */
  readonly basis: string
}

const setting = <T>(schema: z.ZodType<T>, byDefault: T, title: string, basis: string): Setting<T> => ({
  schema,
  default: byDefault,
  title,
  basis,
})
const choice = <const T extends readonly [string, ...string[]]>(options: T) => z.enum(options) as z.ZodType<T[number]>

/**
 * The settings of a county, with what ships where no notice decides. Whoever reads one names it here first; a county's value stands
 * in table `setting` as JSON and is checked against the schema when it is written and when it is read.
 */
export const SETTINGS = {
  'confirm.escalateAfterWorkingDays': setting(z.number().int().min(1).max(30), 2, '确认超时上报局长（工作日）', 'B27'),
  'closeout.dualReport': setting(choice(['FIRST', 'NONE']), 'FIRST', '销号前须完成首次双报告', 'B7'),
  delist: setting(choice(['WITH_CLOSEOUT', 'OWN_APPROVAL']), 'WITH_CLOSEOUT', '摘牌方式', 'B17'),
  'onSpot.closeBy': setting(choice(['LIST_SIGN', 'RECHECK']), 'LIST_SIGN', '立查立改隐患如何销号', 'B8'),
  'five.atRegistration': setting(choice(['OPTIONAL', 'REQUIRED']), 'OPTIONAL', '登记时填写五到位', 'B15'),
  'report.countedLayers': setting(z.array(z.string()), ['PRINCIPAL', 'PLANT', 'GROUP'], '计入排查企业的检查层级', '1.4'),
  'report.issueWithoutTowns': setting(z.boolean(), true, '缺镇报表时可以系统数签发', 'B11'),
  'principalSign.remindAfterWorkingDays': setting(z.number().int().min(1).max(30), 1, '主要负责人未签字提醒（工作日）', 'B27'),
  'failedAcceptance.newDueDays': setting(z.number().int().min(1).max(90), 7, '验收不合格的新期限（天）', 'B13'),
  'campaign.defaultDue': setting(z.iso.date(), '2023-12-31', '重大隐患默认整改期限', '泽急331·四(一)2'),
} as const

export type SettingKey = keyof typeof SETTINGS
export type SettingValue<K extends SettingKey> = (typeof SETTINGS)[K]['default']

export function isSettingKey(key: string): key is SettingKey {
  return Object.hasOwn(SETTINGS, key)
}
