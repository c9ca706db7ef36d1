import { DeleteOutlined, UndoOutlined } from '@ant-design/icons'
import { Button } from 'antd'
import { type PointerEvent, useCallback, useEffect, useRef, useState } from 'react'
import { say } from './words/say.ts'

/** What was written: the picture as a PNG data URL and the number of strokes. */
export interface SignatureInk {
  readonly image: string
  readonly strokes: number
}

export interface SignaturePadProps {
  /** Who signs: 请在这里签：靳保国. */
  readonly signer?: string
  /** Height in px; the width is that of the place. */
  readonly height?: number
  readonly id?: string
  /** Called after each stroke, undo and clearing; null when the pad is empty. */
  onChange(ink: SignatureInk | null): void
}

interface Point {
  readonly x: number
  readonly y: number
  readonly width: number
}

const INK = '#12264d'
const UNDO_MS = 8000
/** Data URL of at most 200 KB of picture (contracts/api/inbox.ts). */
const MAX_URL = 260_000

/** A pad to sign by hand: finger, pen with pressure, or mouse. 重签 clears and can be taken back for eight seconds. */
export function SignaturePad({ signer, height = 200, id, onChange }: SignaturePadProps) {
  const canvas = useRef<HTMLCanvasElement>(null)
  const strokes = useRef<Point[][]>([])
  const drawing = useRef<Point[] | null>(null)
  const [count, setCount] = useState(0)
  const [cleared, setCleared] = useState<Point[][] | null>(null)

  const redraw = useCallback(() => {
    const element = canvas.current
    const context = element?.getContext('2d')
    if (!element || !context) return
    const ratio = window.devicePixelRatio || 1
    const { width, height: tall } = element.getBoundingClientRect()
    element.width = Math.max(1, Math.round(width * ratio))
    element.height = Math.max(1, Math.round(tall * ratio))
    context.scale(ratio, ratio)
    for (const stroke of strokes.current) drawStroke(context, stroke)
  }, [])
  useEffect(() => {
    redraw()
    if (typeof ResizeObserver !== 'function' || !canvas.current) return undefined
    const observer = new ResizeObserver(redraw)
    observer.observe(canvas.current)
    return () => observer.disconnect()
  }, [redraw])
  useEffect(() => {
    if (!cleared) return undefined
    const timer = setTimeout(() => setCleared(null), UNDO_MS)
    return () => clearTimeout(timer)
  }, [cleared])

  const tell = (next: Point[][]) => {
    strokes.current = next
    setCount(next.length)
    redraw()
    onChange(next.length === 0 ? null : { image: toPng(next), strokes: next.length })
  }
  const pointOf = (event: PointerEvent<HTMLCanvasElement>): Point => {
    const box = event.currentTarget.getBoundingClientRect()
    const pressure = event.pressure > 0 && event.pointerType === 'pen' ? event.pressure : 0.5
    return { x: event.clientX - box.left, y: event.clientY - box.top, width: 1.6 + pressure * 3 }
  }
  const handleDown = (event: PointerEvent<HTMLCanvasElement>) => {
    if (event.button !== 0) return
    event.preventDefault()
    event.currentTarget.setPointerCapture?.(event.pointerId)
    drawing.current = [pointOf(event)]
  }
  const handleMove = (event: PointerEvent<HTMLCanvasElement>) => {
    const stroke = drawing.current
    const context = canvas.current?.getContext('2d')
    if (!stroke || !context) return
    stroke.push(pointOf(event))
    drawStroke(context, stroke.slice(-3))
  }
  const handleRestore = () => {
    if (cleared) tell(cleared)
    setCleared(null)
  }
  const handleClear = () => {
    setCleared(strokes.current)
    tell([])
  }
  const handleUp = () => {
    const stroke = drawing.current
    drawing.current = null
    if (stroke) tell([...strokes.current, stroke])
  }
  return (
    <div className="bf-pad">
      <div className="bf-pad-paper" style={{ height }}>
        {count === 0 && (
          <span className="bf-pad-hint" aria-hidden="true">
            {signer ? say('signature.hereWho', { signer }) : say('signature.here')}
          </span>
        )}
        <canvas
          ref={canvas}
          id={id}
          role="img"
          aria-label={[say('signature.name'), signer, count > 0 ? say('signature.strokes', { count }) : say('signature.none')]
            .filter(Boolean)
            .join(say('pause'))}
          tabIndex={-1}
          onPointerDown={handleDown}
          onPointerMove={handleMove}
          onPointerUp={handleUp}
          onPointerCancel={handleUp}
        />
      </div>
      <div className="bf-pad-tools">
        <Button type="text" icon={<UndoOutlined />} disabled={count === 0} onClick={() => tell(strokes.current.slice(0, -1))}>
          {say('signature.back')}
        </Button>
        {cleared ? (
          <Button type="text" onClick={handleRestore}>
            {say('signature.undo')}
          </Button>
        ) : (
          <Button type="text" icon={<DeleteOutlined />} disabled={count === 0} onClick={handleClear}>
            {say('signature.again')}
          </Button>
        )}
      </div>
    </div>
  )
}

/** Smooth by the middles of neighbouring points; width follows the pressure. */
function drawStroke(context: CanvasRenderingContext2D, stroke: readonly Point[]): void {
  context.strokeStyle = INK
  context.fillStyle = INK
  context.lineCap = 'round'
  context.lineJoin = 'round'
  const first = stroke[0]
  if (!first) return
  if (stroke.length === 1) {
    context.beginPath()
    context.arc(first.x, first.y, first.width / 2, 0, Math.PI * 2)
    context.fill()
    return
  }
  let from = first
  for (let index = 1; index < stroke.length; index++) {
    const point = stroke[index] as Point
    const previous = stroke[index - 1] as Point
    const middle = { x: (previous.x + point.x) / 2, y: (previous.y + point.y) / 2, width: point.width }
    context.beginPath()
    context.lineWidth = point.width
    context.moveTo(from.x, from.y)
    context.quadraticCurveTo(previous.x, previous.y, middle.x, middle.y)
    context.stroke()
    from = middle
  }
}

/** Cropped to the ink, on a transparent ground, twice the size of the screen unless that grows too big. */
function toPng(strokes: readonly (readonly Point[])[]): string {
  const points = strokes.flat()
  const margin = 8
  const left = Math.min(...points.map((point) => point.x)) - margin
  const top = Math.min(...points.map((point) => point.y)) - margin
  const width = Math.max(1, Math.max(...points.map((point) => point.x)) - left + margin)
  const height = Math.max(1, Math.max(...points.map((point) => point.y)) - top + margin)
  for (const scale of [2, 1, 0.5]) {
    const canvas = document.createElement('canvas')
    canvas.width = Math.ceil(width * scale)
    canvas.height = Math.ceil(height * scale)
    const context = canvas.getContext('2d')
    if (!context) return ''
    context.scale(scale, scale)
    context.translate(-left, -top)
    for (const stroke of strokes) drawStroke(context, stroke)
    const url = canvas.toDataURL('image/png')
    if (url.length <= MAX_URL) return url
  }
  return ''
}
