/** How a diagram is drawn, in the designer and in the viewer alike: 17 px at 100 %, so that 12 px remain at 72 %. */
const fontFamily = '"PingFang SC","Microsoft YaHei","Noto Sans CJK SC","Noto Sans SC",sans-serif'

export const drawing = {
  textRenderer: { defaultStyle: { fontFamily, fontSize: 15 }, externalStyle: { fontFamily, fontSize: 15, lineHeight: 1.3 } },
  bpmnRenderer: { defaultStrokeColor: '#3A4456', defaultLabelColor: '#1B2230' },
}

/** Below this zoom the text would fall under 12 px. */
export const LEAST_ZOOM = 0.72
