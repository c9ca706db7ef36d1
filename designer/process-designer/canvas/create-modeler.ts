import Modeler from 'bpmn-js/lib/Modeler'
import camundaModdle from 'camunda-bpmn-moddle/resources/camunda.json'
import minimapModule from 'diagram-js-minimap'
import { bihuanModdle } from './bihuan-moddle.ts'
import type { DesignerModeler } from './bpmn-services.ts'
import { ChineseContextPad } from './chinese-context-pad.ts'
import { ChinesePalette } from './chinese-palette.ts'
import { drawing } from './drawing.ts'
import { translate } from './translate.ts'

/** A bpmn-js modeler with our palette, context pad and words. */
export function createModeler(container: HTMLElement): DesignerModeler {
  return new Modeler({
    container,
    ...drawing,
    moddleExtensions: { camunda: camundaModdle, bihuan: bihuanModdle },
    additionalModules: [
      minimapModule,
      { translate: ['value', translate] },
      {
        __init__: ['paletteProvider', 'contextPadProvider'],
        paletteProvider: ['type', ChinesePalette],
        contextPadProvider: ['type', ChineseContextPad],
      },
    ],
  }) as unknown as DesignerModeler
}

/** Width of the palette, in px: what is shown begins to the right of it. */
const PALETTE = 100

/** The whole model; where its words would then be too small to read, its beginning at `leastZoom`. */
export function showModel(modeler: DesignerModeler, leastZoom: number): void {
  const canvas = modeler.get('canvas')
  canvas.zoom('fit-viewport', 'auto')
  if (canvas.zoom() > 1) canvas.zoom(1, 'auto')
  if (canvas.zoom() >= leastZoom) return
  canvas.zoom(leastZoom)
  const { inner, outer } = canvas.viewbox()
  const width = outer.width / leastZoom
  const height = outer.height / leastZoom
  canvas.viewbox({ x: inner.x - PALETTE / leastZoom, y: inner.y + (inner.height - height) / 2, width, height })
}
