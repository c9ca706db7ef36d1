import type { CountyPlan } from '../county-plan.ts'

/** A county of one town and one mine: what lies in it must never be found from 泽州县. */
function smallCounty(code: string, name: string, shortName: string, townName: string, mineName: string, sign: string): CountyPlan {
  return {
    code,
    name,
    shortName,
    units: [
      { alias: 'bureau', kind: 'BUREAU', name: `${name}应急管理局`, shortName: '应急局' },
      { alias: 'section', kind: 'SECTION', name: '工贸非煤股', shortName: '工贸非煤股', parent: 'bureau' },
      { alias: 'town1', kind: 'TOWN', name: townName, shortName: townName },
      { alias: 'town1-centre', kind: 'TOWN_CENTER', name: `${townName}应急管理中心`, shortName: '应急中心', parent: 'town1' },
    ],
    enterprises: [{ alias: 'E01', town: 'town1', name: mineName, industry: 'NCM.OPEN_PIT', address: `${townName}示例村` }],
    people: [
      { alias: 'admin', name: `${sign}示程`, posts: [['PROCESS_ADMIN', 'bureau']] },
      { alias: 'county.head', name: `${sign}示正`, posts: [['BUREAU_HEAD', 'bureau']] },
      { alias: 'county.vice', name: `${sign}示副`, posts: [['BUREAU_VICE', 'bureau']] },
      { alias: 'county.section', name: `${sign}示山`, posts: [['SECTION_CHIEF', 'section']] },
      { alias: 'county.staff', name: `${sign}示文`, posts: [['SECTION_STAFF', 'section']] },
      { alias: 'town1.centre', name: `${sign}示应`, posts: [['TOWN_CENTER_HEAD', 'town1-centre']] },
      { alias: 'town1.staff', name: `${sign}示检`, posts: [['TOWN_STAFF', 'town1-centre']] },
      { alias: 'E01.principal', name: `${sign}示一`, posts: [['ENT_PRINCIPAL', 'E01']] },
      { alias: 'E01.safety', name: `${sign}示安`, posts: [['ENT_SAFETY_STAFF', 'E01']] },
      { alias: 'E01.worker', name: `${sign}示工`, posts: [['WORKSHOP_HEAD', 'E01']] },
      { alias: 'E01.congress', name: `${sign}示职`, posts: [['STAFF_CONGRESS', 'E01']] },
    ],
  }
}

export const xiangfen = smallCounty('141023', '襄汾县', '襄汾', '示例镇', '示例汾水石料厂', '襄')
export const lucheng = smallCounty('140406', '潞城区', '潞城', '示例街道', '示例潞水石灰岩矿', '潞')
