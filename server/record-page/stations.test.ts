import { describe, expect, it } from '@jest/globals'
import type { TimelineStep } from '../../contracts/api/inbox.ts'
import type { RecordRow } from '../records/index.ts'
import { stationsOf } from './stations.ts'

const hazard = (change: Partial<RecordRow> = {}) =>
  ({ kind: 'hazard', level: 'MAJOR', status: 'RECTIFYING', data: {}, createdAt: 1, updatedAt: 9, ...change }) as RecordRow
const step = (nodeId: string, kind: TimelineStep['kind'], personName = '某', at: number | null = 5) =>
  ({ nodeId, kind, personName, post: '岗位', at }) as TimelineStep
const said = (...of: Parameters<typeof stationsOf>) => stationsOf(...of).map((station) => `${station.name} ${station.state}`)

describe('stationsOf', () => {
  it('has two current stations while a listed hazard is rectified', () => {
    const timeline = [step('principal-sign', 'done'), step('confirm', 'done'), step('approve-notice', 'now'), step('plan', 'now')]

    expect(said(hazard({ status: 'CONFIRMED' }), { status: 'DRAFT' } as RecordRow, timeline, '常')).toEqual([
      '发现 done',
      '签字 done',
      '两级确认 done',
      '挂牌督办 now',
      '整改 now',
      '验收 ahead',
      '销号 ahead',
    ])
  })

  it('has the acceptance behind it when its result is reviewed', () => {
    const timeline = [step('accept', 'done', '钟', 7), step('review', 'now', '顾', null)]

    expect(stationsOf(hazard({ status: 'ACCEPTING' }), { status: 'RECEIVED' } as RecordRow, timeline, '常').slice(5)).toEqual([
      { name: '验收', state: 'done', at: 7, who: '钟' },
      { name: '销号', state: 'now', at: null, who: '顾' },
    ])
  })

  it('says at the confirmation that a hazard was downgraded, and goes on as a general one', () => {
    const timeline = [step('confirm', 'done'), step('rectify', 'now')]

    expect(said(hazard({ level: 'GENERAL' }), null, timeline, '常')).toEqual([
      '发现 done',
      '签字 done',
      '两级确认 void',
      '整改 now',
      '复查 ahead',
      '销号 ahead',
    ])
  })

  it('ends a void hazard at the station that it did not reach, with the reason', () => {
    const stations = stationsOf(hazard({ level: 'SUSPECTED_MAJOR', status: 'VOID', data: { voidReason: '重复登记' } }), null, [], '常')

    expect(stations.at(-1)).toEqual({ name: '签字', state: 'void', at: null, who: '重复登记' })
  })

  it('keeps what a hazard had come to when two people made it void', () => {
    const data = { voidReason: '登记错企业', voidedFrom: 'RECTIFYING' }

    expect(said(hazard({ level: 'MAJOR', status: 'VOID', data }), null, [step('confirm', 'done')], '常')).toEqual([
      '发现 done',
      '签字 done',
      '两级确认 done',
      '作废 void',
    ])
  })

  it('has five stations for a general hazard', () => {
    expect(said(hazard({ level: 'GENERAL', status: 'CLOSED' }), null, [step('recheck', 'done')], '常')).toEqual([
      '发现 done',
      '签字 done',
      '整改 done',
      '复查 done',
      '销号 done',
    ])
  })
})
