/** The few texts of bpmn-js that can still be seen once palette and context pad are our own. */
const chinese: Readonly<Record<string, string>> = {
  'Activate hand tool': '拖动画布',
  'Activate lasso tool': '框选',
  'Activate create/remove space tool': '插入或收起空白',
  'Activate global connect tool': '连线',
  'no diagram to display': '没有可显示的流程图',
  'element required': '缺少节点',
  'flow elements must be children of pools/participants': '节点要放在流程里面',
  'Create element': '新建节点',
  'Append element': '接下一个节点',
  'Change element': '更换节点类型',
  'Add label': '加说明',
  'Drag to move': '拖动',
}

export const translate = (text: string, fill: Readonly<Record<string, string>> = {}): string => {
  const words = document.documentElement.lang.startsWith('en') ? text : (chinese[text] ?? text)
  return words.replace(/\{([^}]+)\}/g, (whole, name: string) => fill[name] ?? whole)
}
