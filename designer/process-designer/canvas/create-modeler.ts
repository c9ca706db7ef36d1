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

/** The whole model, but never so small that its words cannot be read; then the part around `around` is shown. */
export function showModel(modeler: DesignerModeler, leastZoom: number, around: string | null): void {
  const canvas = modeler.get('canvas')
  canvas.zoom('fit-viewport', 'auto')
  if (canvas.zoom() > 1) canvas.zoom(1, 'auto')
  if (canvas.zoom() >= leastZoom) return
  canvas.zoom(leastZoom)
  const { inner, outer } = canvas.viewbox()
  const target = around ? modeler.get('elementRegistry').get(around) : undefined
  const x = target?.x === undefined ? inner.x - 100 : target.x + (target.width ?? 0) / 2 - outer.width / leastZoom / 2
  const y = inner.y + inner.height / 2 - outer.height / leastZoom / 2
  canvas.viewbox({ x, y, width: outer.width / leastZoom, height: outer.height / leastZoom })
}
