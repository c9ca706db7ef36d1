/** Where a position is held: which of unit, town or enterprise a holding names. */
export type PositionScope = 'county' | 'town' | 'enterprise'

interface Position {
  readonly title: string
  readonly scope: PositionScope
}

/** The closed list of positions (procedures.md §4.1 and first-loop.md §1.2). Counties appoint people to them, never add any. */
export const POSITIONS = {
  COUNTY_GOV_HEAD: { title: '县长', scope: 'county' },
  COUNTY_GOV_VICE: { title: '分管副县长', scope: 'county' },
  COMMITTEE_OFFICE: { title: '安委办', scope: 'county' },
  BUREAU_HEAD: { title: '应急管理局局长', scope: 'county' },
  BUREAU_VICE: { title: '分管副局长', scope: 'county' },
  SECTION_CHIEF: { title: '股室负责人', scope: 'county' },
  SECTION_STAFF: { title: '股室工作人员', scope: 'county' },
  ENFORCER: { title: '执法人员', scope: 'county' },
  DEPT_HEAD: { title: '部门负责人', scope: 'county' },
  DEPT_OFFICER: { title: '部门工作人员', scope: 'county' },
  LEGAL_REVIEWER: { title: '法制审核人员', scope: 'county' },
  DUTY_OFFICER: { title: '值班人员', scope: 'county' },
  MINE_COMMISSIONER: { title: '监管专员', scope: 'county' },
  CAMPAIGN_OFFICE_HEAD: { title: '攻坚行动办公室主任', scope: 'county' },
  CAMPAIGN_OFFICE_CLERK: { title: '攻坚行动办公室工作人员', scope: 'county' },
  PROCESS_ADMIN: { title: '流程管理员', scope: 'county' },
  AUDITOR: { title: '审计员', scope: 'county' },
  EXPERT: { title: '安全专家', scope: 'county' },
  THIRD_PARTY: { title: '第三方机构', scope: 'county' },
  INFORMER: { title: '举报人', scope: 'county' },
  TOWN_HEAD: { title: '乡镇主要领导', scope: 'town' },
  TOWN_VICE: { title: '乡镇分管领导', scope: 'town' },
  TOWN_CENTER_HEAD: { title: '镇应急管理中心主任', scope: 'town' },
  TOWN_STAFF: { title: '镇安监员', scope: 'town' },
  GRID_WORKER: { title: '网格员', scope: 'town' },
  VILLAGE_LEAD: { title: '村主要负责人', scope: 'town' },
  GROUP_SECRETARY: { title: '集团党委书记', scope: 'enterprise' },
  GROUP_CHAIR: { title: '集团董事长', scope: 'enterprise' },
  GROUP_GM: { title: '集团总经理', scope: 'enterprise' },
  GROUP_INSPECTOR: { title: '集团检查组', scope: 'enterprise' },
  ENT_PRINCIPAL: { title: '主要负责人', scope: 'enterprise' },
  ENT_VICE: { title: '分管负责人', scope: 'enterprise' },
  ENT_SAFETY_DIRECTOR: { title: '安全总监', scope: 'enterprise' },
  ENT_SAFETY_STAFF: { title: '安全员', scope: 'enterprise' },
  STAFF_CONGRESS: { title: '职工代表', scope: 'enterprise' },
  PLANT_HEAD: { title: '矿长', scope: 'enterprise' },
  WORKSHOP_HEAD: { title: '车间主任', scope: 'enterprise' },
  TEAM_LEAD: { title: '班组长', scope: 'enterprise' },
  WORKER: { title: '从业人员', scope: 'enterprise' },
  CONTRACTOR: { title: '外包单位人员', scope: 'enterprise' },
} as const satisfies Record<string, Position>

export type PositionKey = keyof typeof POSITIONS

export function isPosition(key: string): key is PositionKey {
  return Object.hasOwn(POSITIONS, key)
}

export function positionTitle(key: string): string {
  return isPosition(key) ? POSITIONS[key].title : key
}
