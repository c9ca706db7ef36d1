import { useEffect } from 'react'
import type { DesignerModeler, Shape } from './canvas/bpmn-services.ts'

const GRIPS = ['element.mousedown', 'element.touchstart', 'element.dblclick']
/** Before bpmn-js's own listeners. */
const FIRST = 5_000

/** Takes the hands off the diagram while it may only be looked at: it can be moved and zoomed, its elements cannot. */
export function useReadOnly(modeler: DesignerModeler | null, isReadOnly: boolean): void {
  useEffect(() => {
    if (!modeler || !isReadOnly) return undefined
    const bus = modeler.get('eventBus')
    const keyboard = modeler.get('keyboard')
    // The ground has no parent: it goes on being dragged.
    const refuse = ({ element }: { element: Shape }) => (element.parent ? false : undefined)
    bus.on(GRIPS, FIRST, refuse)
    keyboard.unbind()
    return () => {
      bus.off(GRIPS, refuse)
      keyboard.bind()
    }
  }, [modeler, isReadOnly])
}
