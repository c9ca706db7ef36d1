import { useMemo } from 'react'
import { useTranslation } from 'react-i18next'
import type { Diagram } from '../../../contracts/api/inbox.ts'
import { type FlowNode, nextSteps, readFlowModel } from './flow-model.ts'
import './mini-flow.css'

const WIDE = 360
const CHAR = 13
const GAP = 14

const short = (name: string) => (name.length > 7 ? `${name.slice(0, 6)}…` : name)
const widthOf = (name: string) => Math.max(40, short(name).length * CHAR + 16)

interface Placed {
  node: FlowNode
  x: number
  width: number
}

/** Boxes in a row, from the left; as many as fit, the last ones first. */
function placeRow(nodes: FlowNode[], keep: 'first' | 'last', left: number, room: number): Placed[] {
  const kept: FlowNode[] = []
  let used = left
  for (const node of keep === 'last' ? [...nodes].reverse() : nodes) {
    const width = widthOf(node.name) + GAP
    if (used + width > room + GAP) break
    used += width
    kept.push(node)
  }
  if (keep === 'last') kept.reverse()
  let x = left
  return kept.map((node) => {
    const placed = { node, x, width: widthOf(node.name) }
    x += placed.width + GAP
    return placed
  })
}

interface MiniFlowProps {
  diagram: Diagram
  /** The node in question when the diagram has no token any more. */
  nodeId?: string
  /** In px; the picture is drawn to it, so that its words keep their size. */
  width?: number
}

/** The model reduced to one look: what is done, where the token is, what can come next. */
export function MiniFlow({ diagram, nodeId, width = WIDE }: MiniFlowProps) {
  const { t } = useTranslation()
  const model = useMemo(() => readFlowModel(diagram.xml), [diagram.xml])
  const activity = (id: string) => {
    const node = model.nodes.get(id)
    return node?.kind === 'activity' && node.name ? node : null
  }
  const now = activity(diagram.active.find((id) => id === nodeId) ?? diagram.active.find((id) => activity(id)) ?? nodeId ?? '')
  const done = [...new Set(diagram.done)].map(activity).filter((node): node is FlowNode => node !== null && node.id !== now?.id)
  const upper = placeRow(now ? [...done, now] : done, 'last', 22, width)
  const next = now ? nextSteps(model, now.id) : []
  const lower = placeRow(
    next.map((step) => step.node),
    'first',
    8,
    width,
  )
  const together = lower.filter((_, index) => next[index]?.together)
  const middle = ((together[0]?.x ?? 0) + (together.at(-1)?.x ?? 0) + (together.at(-1)?.width ?? 0)) / 2
  if (upper.length === 0) return null
  const nowBox = upper.find((box) => box.node.id === now?.id)
  const label = [
    done.length > 0 ? t('flow.done', { names: done.map((node) => node.name).join('、') }) : '',
    now ? t('flow.now', { name: now.name }) : '',
    next.length > 0 ? t('flow.next', { names: next.map((step) => step.node.name).join('、') }) : '',
  ]
    .filter(Boolean)
    .join('；')
  const bus = 56
  const outX = nowBox ? nowBox.x + nowBox.width / 2 : 0
  return (
    <svg className="mini-flow" style={{ width }} viewBox={`0 0 ${width} ${lower.length > 0 ? 124 : 44}`} role="img" aria-label={label}>
      <circle className="mini-start" cx="8" cy="22" r="6" />
      {upper.map((box, index) => {
        const from = index === 0 ? 14 : (upper[index - 1]?.x ?? 0) + (upper[index - 1]?.width ?? 0)
        return <path key={`line-${box.node.id}`} className="mini-line mini-line-done" d={`M${from} 22H${box.x}`} />
      })}
      {nowBox && lower.length > 0 && <path className="mini-line" d={`M${outX} 37V${bus}`} />}
      {lower.map((box) => (
        <path key={`drop-${box.node.id}`} className="mini-line" d={`M${outX} ${bus}H${box.x + box.width / 2}V76`} />
      ))}
      {upper.map((box) => (
        <g key={box.node.id} className={box === nowBox ? 'mini-now' : 'mini-done'}>
          <rect x={box.x} y={7} width={box.width} height={30} rx={5} />
          <text x={box.x + box.width / 2} y={26.5}>
            {short(box.node.name)}
          </text>
        </g>
      ))}
      {nowBox && <circle className="mini-token" cx={nowBox.x + nowBox.width} cy={8} r={7} />}
      {lower.map((box, index) => (
        <g key={box.node.id} className={next[index]?.edge ? 'mini-next mini-choice' : 'mini-next'}>
          <rect x={box.x} y={76} width={box.width} height={30} rx={5} />
          <text x={box.x + box.width / 2} y={95.5}>
            {short(box.node.name)}
          </text>
          {!next[index]?.together && next[index]?.edge && (
            <text className="mini-edge" x={box.x + box.width / 2} y={120}>
              {short(next[index].edge)}
            </text>
          )}
        </g>
      ))}
      {together.length > 0 && (
        <text className="mini-edge" x={middle} y={120}>
          {t('flow.together')}
        </text>
      )}
    </svg>
  )
}
