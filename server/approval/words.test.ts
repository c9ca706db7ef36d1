import { describe, expect, it } from '@jest/globals'
import type { InboxItem } from '../../contracts/api/inbox.ts'
import { nodeSetting } from '../../contracts/bpmn-extension.ts'
import { inOrder } from './inbox.ts'
import { setRemovedApart } from './removed-rows.ts'
import { ruleSentence, stateWords } from './words.ts'

const policy = (mode: string, rejectRule = 'FIRST') => ({
  policy: nodeSetting.parse({
    mode,
    rejectRule,
    seats: [{ who: { kind: 'initiator' } }],
    outcomes: [{ code: 'OK', button: '同意', label: '同意', kind: 'approve' }],
  }),
})
const seats = [
  { label: '一级确认', ordinal: 1 },
  { label: '', ordinal: 2 },
]

describe('ruleSentence', () => {
  it('says in words when a run is decided', () => {
    expect(ruleSentence(policy('SINGLE'), seats.slice(0, 1))).toBe('一人办理，结论即为本步结论')
    expect(ruleSentence(policy('SEQ'), seats)).toBe('一级确认、第2位依次办理；任何一级作出不同结论，本步即告结束')
    expect(ruleSentence(policy('ALL'), seats)).toMatch(/一人不同意即不通过/)
    expect(ruleSentence(policy('ALL', 'AFTER_ALL'), seats)).toMatch(/全部办完后不通过/)
    expect(ruleSentence(policy('ANY'), seats)).toBe('2 人中任一人办理即可')
    expect(ruleSentence(policy('ANY', 'AFTER_ALL'), seats)).toMatch(/全部不同意才不通过/)
  })
})

describe('stateWords', () => {
  it('uses the words for states of an instance', () => {
    expect([stateWords('VOID', []), stateWords('SUBMITTED', ['returned']), stateWords('CLOSED', []), stateWords('RECTIFYING', [])]).toEqual(
      ['已作废', '已退回', '已通过', '审批中'],
    )
  })
})

describe('inOrder', () => {
  const item = (seatId: string, part: Partial<InboxItem>): InboxItem => ({
    seatId,
    procedureName: '',
    nodeName: '',
    title: '',
    place: '',
    arrivedAt: 5,
    dueAt: null,
    group: 'other',
    level: null,
    unread: true,
    recordNumber: null,
    state: '待办',
    doneAt: null,
    ...part,
  })

  it('puts overdue first, then what has less than a day, then 重大, then the oldest', () => {
    const items = [
      item('new', { arrivedAt: 9 }),
      item('old', { arrivedAt: 1 }),
      item('major', { arrivedAt: 8, level: 'MAJOR' }),
      item('soon', { group: 'soon', dueAt: 50 }),
      item('late', { group: 'overdue', dueAt: 20 }),
      item('later', { group: 'overdue', dueAt: 10 }),
    ]

    expect(inOrder(items).map((one) => one.seatId)).toEqual(['later', 'late', 'soon', 'major', 'old', 'new'])
  })
})

describe('setRemovedApart', () => {
  it('keeps removed hazards and their numbers out of the form, and puts them back', () => {
    const form = {
      layer: 'PLANT',
      hazards: [
        { hazardNo: '1', removed: true, removedReason: '不是隐患' },
        { hazardNo: '2', location: '东帮' },
      ],
    }

    const { live, withRows } = setRemovedApart(form)

    expect(live).toEqual({ layer: 'PLANT', hazards: [{ location: '东帮' }] })
    expect(withRows({ layer: 'PLANT', hazards: [{ location: '东帮', level: 'GENERAL' }] })).toEqual({
      layer: 'PLANT',
      hazards: [
        { location: '东帮', level: 'GENERAL', hazardNo: '2' },
        { hazardNo: '1', removedReason: '不是隐患', removed: true },
      ],
    })
  })
})
