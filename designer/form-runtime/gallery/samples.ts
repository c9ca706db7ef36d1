import type { Values } from '../../../contracts/form-rules/index.ts'

/** Values to look at: a sheet half done, a hazard filled in. Invented. */
export const samples: Record<string, Values> = {
  sheet: {
    layer: 'PRINCIPAL',
    leaderId: 'p1',
    checkers: ['p1', 'p2'],
    units: [{ unit: '采场', stage: '运输', post: '矿车司机', part: '3 号道路' }],
    items: [
      '1.1',
      '1.2',
      '1.3',
      '1.4',
      '1.5',
      '1.6',
      '2.1',
      '2.2',
      '2.3',
      '2.4',
      '2.5',
      '3.1',
      '3.2',
      '3.3',
      '3.4',
      '3.5',
      '4.1',
      '4.2',
    ].map((lineId) => ({
      lineId,
      result: lineId === '3.2' || lineId === '1.4' ? 'ABNORMAL' : lineId === '2.4' ? 'NOT_APPLICABLE' : 'NORMAL',
      ...(lineId === '3.2'
        ? { note: '3 号运输道路下坡外侧挡墙缺失约 12 米', hazardId: 'h2' }
        : lineId === '1.4'
          ? { note: '西帮坡顶截水沟淤堵约 8 米，雨雪水会灌进坡面', hazardId: 'h1' }
          : {}),
    })),
    hazards: [
      {
        clientId: 'h1',
        lineId: '1.4',
        level: 'GENERAL',
        category: 'SLOPE',
        location: '采场 / 西帮坡顶',
        description: '西帮坡顶截水沟淤堵约 8 米，雨雪水会灌进坡面',
        ownerId: 'p2',
        dueDate: '2023-11-25',
        foundAt: '2023-11-22T10:40',
        foundBy: 'p1',
      },
      {
        clientId: 'h2',
        lineId: '3.2',
        level: 'GENERAL',
        category: 'HAULAGE',
        description: '3 号运输道路下坡外侧挡墙缺失约 12 米',
        foundAt: '2023-11-22T10:47',
        foundBy: 'p1',
      },
    ],
  },
  hazard: {
    source: 'SELF',
    hazardNo: '泽州-2023-0146',
    description: '3 号运输道路下坡外侧挡墙缺失约 12 米',
    foundAt: '2023-11-22T10:47',
    foundBy: 'p1',
    location: '采场 / 运输 / 3 号道路下坡外侧',
    category: 'HAULAGE',
    risk: { likelihood: 3, consequence: 4 },
    level: 'GENERAL',
    ownerId: 'p2',
    dueDate: '2023-11-25',
    five: {
      measures: [{ measure: '用废石补筑挡墙 12 米，高不低于 1.0 米、底宽 2.5 米；完工前该段封闭', start: '2023-11-22', end: '2023-11-25' }],
      fundWan: 0.6,
      fundSource: 'SAFETY_FUND',
    },
  },
}
