import { type RefObject, useEffect, useRef, useState } from 'react'
import type { DesignerModeler, Shape } from './canvas/bpmn-services.ts'
import { createModeler, showModel } from './canvas/create-modeler.ts'
import { LEAST_ZOOM } from './canvas/drawing.ts'

export interface ModelerState {
  modeler: DesignerModeler | null
  /** What is chosen; null when nothing or several things are. */
  shape: Shape | null
  /** Grows with each edit, undo and redo. */
  revision: number
  zoom: number
  broken: string | null
}

/** Opens `xml` once in a modeler inside `box` and follows selection, edits and zoom. */
export function useModeler(box: RefObject<HTMLDivElement | null>, xml: string): ModelerState {
  const opened = useRef(xml)
  const [state, setState] = useState<ModelerState>({ modeler: null, shape: null, revision: 0, zoom: 1, broken: null })

  useEffect(() => {
    const container = box.current
    if (!container) return
    const modeler = createModeler(container)
    let gone = false
    const follow = () => {
      const [only, ...others] = modeler.get('selection').get()
      const shape = only && others.length === 0 ? (only.labelTarget ?? only) : null
      setState((before) => ({ ...before, shape }))
    }
    modeler.on('selection.changed', follow)
    modeler.on('commandStack.changed', () => {
      if (!gone) setState((before) => ({ ...before, revision: before.revision + 1 }))
    })
    modeler.on('canvas.viewbox.changed', () => setState((before) => ({ ...before, zoom: modeler.get('canvas').zoom() })))
    modeler
      .importXML(opened.current)
      .then(() => {
        if (gone) return
        showModel(modeler, LEAST_ZOOM)
        setState((before) => ({ ...before, modeler, revision: 0, zoom: modeler.get('canvas').zoom() }))
      })
      .catch((error: Error) => {
        if (!gone) setState((before) => ({ ...before, broken: error.message }))
      })
    return () => {
      gone = true
      modeler.destroy()
    }
  }, [box])

  return state
}
