import NavigatedViewer from 'bpmn-js/lib/NavigatedViewer'
import { useEffect, useRef, useState } from 'react'
import 'bpmn-js/dist/assets/bpmn-js.css'
import 'bpmn-js/dist/assets/diagram-js.css'
import 'bpmn-js/dist/assets/bpmn-font/css/bpmn-embedded.css'
import { bihuanModdle } from './canvas/bihuan-moddle.ts'
import type { DesignerModeler } from './canvas/bpmn-services.ts'
import { drawing } from './canvas/drawing.ts'
import { translate } from './canvas/translate.ts'
import { say } from './words/say.ts'
import './process-viewer.css'

interface ProcessViewerProps {
  /** BPMN 2.0 XML with diagram interchange. */
  xml: string
  /** Ids of the nodes that hold a token now. */
  active: readonly string[]
  /** Ids of the nodes that were passed. */
  done: readonly string[]
  /** Ids of the nodes that are stuck. */
  failed: readonly string[]
  /** Read to people who do not see the picture. */
  label: string
}

/** The whole diagram, to look at: passed green, now blue with its token, stuck red. The bpmn.io mark stays visible. */
export function ProcessViewer({ xml, active, done, failed, label }: ProcessViewerProps) {
  const box = useRef<HTMLDivElement>(null)
  const [broken, setBroken] = useState<string | null>(null)
  const marks = [done, active, failed].map((ids) => ids.join(' ')).join('|')

  useEffect(() => {
    const container = box.current
    if (!container) return
    const viewer = new NavigatedViewer({
      container,
      ...drawing,
      moddleExtensions: { bihuan: bihuanModdle },
      additionalModules: [{ translate: ['value', translate] }],
    }) as unknown as DesignerModeler
    let gone = false
    viewer
      .importXML(xml)
      .then(() => {
        if (gone) return
        setBroken(null)
        mark(viewer, marks)
        viewer.get('canvas').zoom('fit-viewport', 'auto')
      })
      .catch((error: Error) => setBroken(error.message))
    return () => {
      gone = true
      viewer.destroy()
    }
  }, [xml, marks])

  return (
    <div className="pv" role="img" aria-label={label}>
      <div ref={box} className="pv-canvas" />
      {broken && <p role="alert">{say('canvas.broken', { reason: broken })}</p>}
    </div>
  )
}

function mark(viewer: DesignerModeler, marks: string) {
  const canvas = viewer.get('canvas')
  const registry = viewer.get('elementRegistry')
  const names = ['pv-done', 'pv-now', 'pv-failed']
  for (const [index, ids] of marks.split('|').entries()) {
    for (const id of ids.split(' ').filter(Boolean)) {
      const shape = registry.get(id)
      if (!shape) continue
      canvas.addMarker(id, names[index] ?? '')
      if (index === 1) viewer.get('overlays').add(id, 'token', { position: { top: -8, right: 8 }, html: '<span class="pv-token"></span>' })
    }
  }
}
