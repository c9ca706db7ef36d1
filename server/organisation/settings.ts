import { z } from 'zod'

/** A chain or a list of members: positions in order, each of county, town or enterprise. */
const seatList = z.array(
  z.object({
    label: z.string(),
    position: z.string(),
    of: z.enum(['county', 'town', 'enterprise', 'initiator-unit']),
    dueWorkingDays: z.number().int().min(1).max(365).optional(),
  }),
)

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
  'majorConfirm.levels': setting(
    seatList,
    [
      { label: '一级确认', position: 'SECTION_CHIEF', of: 'county', dueWorkingDays: 1 },
      { label: '二级确认', position: 'BUREAU_VICE', of: 'county', dueWorkingDays: 1 },
    ],
    '重大隐患两级确认',
    '泽急331·五(四)；Q1',
  ),
  'majorConfirm.mode': setting(choice(['SEQ', 'ALL']), 'SEQ', '确认方式', 'B5'),
  'confirm.disagreement': setting(choice(['LAST_DECIDES', 'BACK_TO_FIRST', 'HEAD_DECIDES']), 'LAST_DECIDES', '两级意见不一致', 'B19'),
  'confirm.escalateAfterWorkingDays': setting(z.number().int().min(1).max(30), 2, '确认超时上报局长（工作日）', 'B27'),
  'acceptance.members': setting(
    seatList,
    [
      { label: '镇应急管理中心', position: 'TOWN_CENTER_HEAD', of: 'town', dueWorkingDays: 5 },
      { label: '县应急局股室', position: 'SECTION_STAFF', of: 'county', dueWorkingDays: 5 },
      { label: '专家', position: 'EXPERT', of: 'county', dueWorkingDays: 5 },
    ],
    '验收组',
    'B18',
  ),
  'acceptance.rejectRule': setting(choice(['FIRST', 'AFTER_ALL']), 'AFTER_ALL', '验收不合格何时退回', 'B18'),
  'closeout.reviewers': setting(
    seatList,
    [
      { label: '股室审核', position: 'SECTION_CHIEF', of: 'county', dueWorkingDays: 5 },
      { label: '分管副局长销号', position: 'BUREAU_VICE', of: 'county', dueWorkingDays: 5 },
    ],
    '审核把关与销号',
    '泽急331；B18',
  ),
  'closeout.dualReport': setting(choice(['FIRST', 'NONE']), 'FIRST', '销号前须完成首次双报告', 'B7'),
  delist: setting(choice(['WITH_CLOSEOUT', 'OWN_APPROVAL']), 'WITH_CLOSEOUT', '摘牌方式', 'B17'),
  'onSpot.closeBy': setting(choice(['LIST_SIGN', 'RECHECK']), 'LIST_SIGN', '立查立改隐患如何销号', 'B8'),
  'majorReport.signature': setting(choice(['SEPARATE', 'WITH_LIST']), 'SEPARATE', '重大隐患报告签字', 'B14'),
  'five.atRegistration': setting(choice(['OPTIONAL', 'REQUIRED']), 'OPTIONAL', '登记时填写五到位', 'B15'),
  'dualReport.staffRecipient': setting(choice(['ALL_STAFF', 'STAFF_CONGRESS']), 'ALL_STAFF', '双报告的职工一方', '泽政1·(八)；B24'),
  'report.countedLayers': setting(z.array(z.string()), ['PRINCIPAL', 'PLANT', 'GROUP'], '计入排查企业的检查层级', '1.4'),
  'report.onTimeBy': setting(choice(['RECTIFIED', 'CLOSED']), 'RECTIFIED', '按期整改以何为准', 'B13'),
  'report.issueWithoutTowns': setting(z.boolean(), true, '缺镇报表时可以系统数签发', 'B11'),
  'principalSign.remindAfterWorkingDays': setting(z.number().int().min(1).max(30), 1, '主要负责人未签字提醒（工作日）', 'B27'),
  'failedAcceptance.newDueDays': setting(z.number().int().min(1).max(90), 7, '验收不合格的新期限（天）', 'B13'),
  'campaign.start': setting(z.iso.date(), '2023-11-03', '专项行动开始日期', 'B30'),
  'campaign.end': setting(z.iso.date(), '2024-02-06', '专项行动结束日期', '泽急331'),
  'campaign.defaultDue': setting(z.iso.date(), '2023-12-31', '重大隐患默认整改期限', '泽急331·四(一)2'),
  'campaign.industries': setting(z.array(z.string()), ['NCM'], '专项行动涉及行业（代码前缀）', '泽急331'),
} as const

export type SettingKey = keyof typeof SETTINGS
export type SettingValue<K extends SettingKey> = (typeof SETTINGS)[K]['default']

export function isSettingKey(key: string): key is SettingKey {
  return Object.hasOwn(SETTINGS, key)
}
