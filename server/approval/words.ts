import type { OutcomeSetting } from '../../contracts/bpmn-extension.ts'
import type { Run, Seat } from './run.ts'
import { RETURN } from './run.ts'

/** An outcome in timelines and lists. */
export function outcomeLabel(outcomes: readonly OutcomeSetting[], code: string | null): string {
  if (code === null) return ''
  if (code === RETURN) return '退回'
  return outcomes.find((outcome) => outcome.code === code)?.label ?? code
}

/** The rule of a run as a sentence: who must speak, and when it is decided. */
export function ruleSentence(run: Pick<Run, 'policy'>, seats: readonly Pick<Seat, 'label' | 'ordinal'>[]): string {
  const { mode, rejectRule } = run.policy
  const count = seats.length
  const named = seats.map((seat) => seat.label || `第${seat.ordinal}位`)
  if (count <= 1) return '一人办理，结论即为本步结论'
  switch (mode) {
    case 'SINGLE':
      return '一人办理，结论即为本步结论'
    case 'SEQ':
      return `${named.join('、')}依次办理；任何一级作出不同结论，本步即告结束`
    case 'ANY':
      return rejectRule === 'FIRST' ? `${count} 人中任一人办理即可` : `${count} 人中任一人同意即通过；全部不同意才不通过`
    case 'ALL':
      return rejectRule === 'FIRST'
        ? `${named.join('、')}都同意才通过；一人不同意即不通过`
        : `${named.join('、')}分别办理；都同意才通过，有不同意的，全部办完后不通过`
  }
}

/** How an instance stands, in the words of approval.md §12. */
export function stateWords(status: string, flags: readonly string[]): string {
  if (status === 'VOID') return '已作废'
  if (flags.includes('returned')) return '已退回'
  if (['CLOSED', 'FINISHED', 'ISSUED', 'ACCEPTED', 'LIFTED', 'DONE'].includes(status)) return '已通过'
  return '审批中'
}
