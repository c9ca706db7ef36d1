import type { CountyPlan, PersonPlan } from '../county-plan.ts'

/** The four people of a mine: principal, safety officer, who rectifies, who speaks for the staff. */
function mine(alias: string, names: { principal: string; safety?: string; worker: string; congress: string }): PersonPlan[] {
  return [
    { alias: `${alias}.principal`, name: names.principal, posts: [['ENT_PRINCIPAL', alias]] },
    ...(names.safety ? [safetyOfficer(alias, names.safety)] : []),
    { alias: `${alias}.worker`, name: names.worker, posts: [['WORKSHOP_HEAD', alias]] },
    { alias: `${alias}.congress`, name: names.congress, posts: [['STAFF_CONGRESS', alias]] },
  ]
}

const safetyOfficer = (alias: string, name: string): PersonPlan => ({
  alias: `${alias}.safety`,
  name,
  posts: [['ENT_SAFETY_STAFF', alias]],
})

function town(alias: string, names: { head: string; centre: string; staff: string }): PersonPlan[] {
  return [
    { alias: `${alias}.head`, name: names.head, posts: [['TOWN_HEAD', alias]] },
    { alias: `${alias}.centre`, name: names.centre, posts: [['TOWN_CENTER_HEAD', `${alias}-centre`]] },
    { alias: `${alias}.staff`, name: names.staff, posts: [['TOWN_STAFF', `${alias}-centre`]] },
  ]
}

/**
 * 泽州县: three towns, ten mines with invented names. E08 has no safety staff (its seats fall to the principal), the principal of E09
 * is the safety officer himself.
 */
export const zezhou: CountyPlan = {
  code: '140525',
  name: '泽州县',
  shortName: '泽州',
  units: [
    { alias: 'government', kind: 'GOVERNMENT', name: '泽州县人民政府', shortName: '县政府' },
    { alias: 'bureau', kind: 'BUREAU', name: '泽州县应急管理局', shortName: '县应急局' },
    { alias: 'section', kind: 'SECTION', name: '工贸非煤股', shortName: '工贸非煤股', parent: 'bureau' },
    { alias: 'campaign', kind: 'CAMPAIGN_OFFICE', name: '百日攻坚行动办公室', shortName: '攻坚办', parent: 'bureau' },
    { alias: 'experts', kind: 'EXPERTS', name: '安全生产专家库', shortName: '专家库', parent: 'bureau' },
    { alias: 'town1', kind: 'TOWN', name: '周村镇', shortName: '周村镇' },
    { alias: 'town1-centre', kind: 'TOWN_CENTER', name: '周村镇应急管理中心', shortName: '周村应急中心', parent: 'town1' },
    { alias: 'town2', kind: 'TOWN', name: '大箕镇', shortName: '大箕镇' },
    { alias: 'town2-centre', kind: 'TOWN_CENTER', name: '大箕镇应急管理中心', shortName: '大箕应急中心', parent: 'town2' },
    { alias: 'town3', kind: 'TOWN', name: '下村镇', shortName: '下村镇' },
    { alias: 'town3-centre', kind: 'TOWN_CENTER', name: '下村镇应急管理中心', shortName: '下村应急中心', parent: 'town3' },
  ],
  enterprises: [
    { alias: 'E01', town: 'town1', name: '示例青岚石灰岩矿', industry: 'NCM.OPEN_PIT', address: '周村镇示例一村东' },
    { alias: 'E02', town: 'town2', name: '示例云台石料厂', industry: 'NCM.OPEN_PIT', address: '大箕镇示例二村北' },
    {
      alias: 'E03',
      town: 'town2',
      name: '示例北斗铁矿',
      industry: 'NCM.UNDERGROUND',
      address: '大箕镇示例三村西',
      group: '示例星河矿业集团',
    },
    {
      alias: 'E04',
      town: 'town3',
      name: '示例松涛尾矿库',
      industry: 'NCM.TAILINGS',
      address: '下村镇示例四村沟口',
      group: '示例星河矿业集团',
    },
    { alias: 'E05', town: 'town1', name: '示例丹霞石灰岩矿', industry: 'NCM.OPEN_PIT', address: '周村镇示例五村南' },
    { alias: 'E06', town: 'town1', name: '示例望川白云岩矿', industry: 'NCM.OPEN_PIT', address: '周村镇示例六村北' },
    { alias: 'E07', town: 'town1', name: '示例鸣泉铝土矿', industry: 'NCM.UNDERGROUND', address: '周村镇示例七村西' },
    { alias: 'E08', town: 'town2', name: '示例晓月砂石矿', industry: 'NCM.OPEN_PIT', address: '大箕镇示例八村东' },
    { alias: 'E09', town: 'town3', name: '示例远山石英岩矿', industry: 'NCM.OPEN_PIT', address: '下村镇示例九村南' },
    { alias: 'E10', town: 'town3', name: '示例长林石膏矿', industry: 'NCM.UNDERGROUND', address: '下村镇示例十村北' },
  ],
  people: [
    { alias: 'admin', name: '管示程', posts: [['PROCESS_ADMIN', 'bureau']] },
    { alias: 'admin2', name: '管示监', posts: [['PROCESS_ADMIN', 'bureau']] },
    { alias: 'auditor', name: '沈示计', posts: [['AUDITOR', 'bureau']] },
    { alias: 'county.gov', name: '县示长', posts: [['COUNTY_GOV_VICE', 'government']] },
    { alias: 'county.head', name: '局示正', posts: [['BUREAU_HEAD', 'bureau']] },
    {
      alias: 'county.vice',
      name: '傅示安',
      posts: [
        ['BUREAU_VICE', 'bureau'],
        ['CAMPAIGN_OFFICE_HEAD', 'campaign'],
      ],
    },
    { alias: 'county.section', name: '顾示山', posts: [['SECTION_CHIEF', 'section']] },
    {
      alias: 'county.staff',
      name: '柯示文',
      posts: [
        ['SECTION_STAFF', 'section'],
        ['CAMPAIGN_OFFICE_CLERK', 'campaign'],
      ],
    },
    { alias: 'county.staff2', name: '柯示武', posts: [['SECTION_STAFF', 'section']] },
    { alias: 'expert.1', name: '钟示岩', posts: [['EXPERT', 'experts']] },
    { alias: 'expert.2', name: '钟示石', posts: [['EXPERT', 'experts']] },
    ...town('town1', { head: '周示长', centre: '周示应', staff: '周示检' }),
    ...town('town2', { head: '大示长', centre: '大示应', staff: '大示检' }),
    ...town('town3', { head: '夏示长', centre: '夏示应', staff: '夏示检' }),
    ...mine('E01', { principal: '青示一', safety: '青示安', worker: '青示工', congress: '青示职' }),
    ...mine('E02', { principal: '云示一', safety: '云示安', worker: '云示工', congress: '云示职' }),
    ...mine('E03', { principal: '北示一', safety: '北示安', worker: '北示工', congress: '北示职' }),
    ...mine('E04', { principal: '松示一', safety: '松示安', worker: '松示工', congress: '松示职' }),
    ...mine('E05', { principal: '靳示国', safety: '常示宁', worker: '丹示工', congress: '丹示职' }),
    ...mine('E06', { principal: '望示一', safety: '望示安', worker: '望示工', congress: '望示职' }),
    ...mine('E07', { principal: '明示一', safety: '明示安', worker: '明示工', congress: '明示职' }),
    ...mine('E08', { principal: '肖示一', worker: '肖示工', congress: '肖示职' }),
    {
      alias: 'E09.principal',
      name: '袁示一',
      posts: [
        ['ENT_PRINCIPAL', 'E09'],
        ['ENT_SAFETY_STAFF', 'E09'],
      ],
    },
    { alias: 'E09.worker', name: '袁示工', posts: [['WORKSHOP_HEAD', 'E09']] },
    { alias: 'E09.congress', name: '袁示职', posts: [['STAFF_CONGRESS', 'E09']] },
    ...mine('E10', { principal: '林示一', safety: '林示安', worker: '林示工', congress: '林示职' }),
  ],
}
