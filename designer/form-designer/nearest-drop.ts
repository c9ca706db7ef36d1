import type { CollisionDetection } from '@dnd-kit/core'

const REACH_PX = 140

/** The place nearest to the pointer; without a pointer (keyboard) nearest to the middle of what is dragged. Nothing when all are far. */
export const nearestDrop: CollisionDetection = ({ pointerCoordinates, collisionRect, droppableContainers, droppableRects }) => {
  const at = pointerCoordinates ?? { x: collisionRect.left + collisionRect.width / 2, y: collisionRect.top + collisionRect.height / 2 }
  let best: { id: string | number; distance: number } | undefined
  for (const { id } of droppableContainers) {
    const rect = droppableRects.get(id)
    if (!rect || rect.width === 0) continue
    const dx = Math.max(rect.left - at.x, 0, at.x - rect.right)
    const dy = Math.max(rect.top - at.y, 0, at.y - rect.bottom)
    const distance = Math.hypot(dx, dy)
    if (distance <= REACH_PX && (best === undefined || distance < best.distance)) best = { id, distance }
  }
  return best ? [{ id: best.id }] : []
}
