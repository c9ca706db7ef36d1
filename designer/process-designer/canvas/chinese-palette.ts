import { say } from '../words/say.ts'
import type { WordKey } from '../words/zh-CN.ts'

/** Eleven entries and no more: the ones that an administrator uses. */
const entries: readonly (readonly [name: string, icon: string, type: string, group: string])[] = [
  ['start', 'bpmn-icon-start-event-none', 'bpmn:StartEvent', 'event'],
  ['timer', 'bpmn-icon-intermediate-event-catch-timer', 'bpmn:IntermediateCatchEvent', 'event'],
  ['end', 'bpmn-icon-end-event-none', 'bpmn:EndEvent', 'event'],
  ['user', 'bpmn-icon-user-task', 'bpmn:UserTask', 'task'],
  ['service', 'bpmn-icon-service-task', 'bpmn:ServiceTask', 'task'],
  ['rule', 'bpmn-icon-business-rule-task', 'bpmn:BusinessRuleTask', 'task'],
  ['call', 'bpmn-icon-call-activity', 'bpmn:CallActivity', 'task'],
  ['exclusive', 'bpmn-icon-gateway-xor', 'bpmn:ExclusiveGateway', 'gateway'],
  ['parallel', 'bpmn-icon-gateway-parallel', 'bpmn:ParallelGateway', 'gateway'],
]

interface Palette {
  registerProvider(priority: number, provider: ChinesePalette): void
}
interface Create {
  start(event: Event, shape: unknown): void
}
interface ElementFactory {
  createShape(attributes: Record<string, unknown>): unknown
}
interface Tool {
  activateSelection(event: Event): void
}
interface GlobalConnect {
  start(event: Event): void
}

export class ChinesePalette {
  static $inject = ['palette', 'create', 'elementFactory', 'globalConnect', 'lassoTool']
  private readonly create: Create
  private readonly elementFactory: ElementFactory
  private readonly globalConnect: GlobalConnect
  private readonly lassoTool: Tool

  constructor(palette: Palette, create: Create, elementFactory: ElementFactory, globalConnect: GlobalConnect, lassoTool: Tool) {
    this.create = create
    this.elementFactory = elementFactory
    this.globalConnect = globalConnect
    this.lassoTool = lassoTool
    palette.registerProvider(500, this)
  }

  getPaletteEntries() {
    const make = (name: string, type: string) => (event: Event) =>
      this.create.start(
        event,
        this.elementFactory.createShape(name === 'timer' ? { type, eventDefinitionType: 'bpmn:TimerEventDefinition' } : { type }),
      )
    return () => ({
      lasso: {
        group: 'tools',
        html: html('lasso', 'bpmn-icon-lasso-tool'),
        action: { click: (event: Event) => this.lassoTool.activateSelection(event) },
      },
      connect: {
        group: 'tools',
        html: html('connect', 'bpmn-icon-connection-multi'),
        action: { click: (event: Event) => this.globalConnect.start(event) },
      },
      'tools-separator': { group: 'tools', separator: true },
      ...Object.fromEntries(
        entries.flatMap(([name, icon, type, group]) => [
          [name, { group, html: html(name, icon), action: { dragstart: make(name, type), click: make(name, type) } }],
          ...(name === 'end' || name === 'call' ? [[`${name}-separator`, { group, separator: true }]] : []),
        ]),
      ),
    })
  }
}

function html(name: string, icon: string): string {
  const hint = say(`palette.${name}-hint` as WordKey)
  return `<div class="entry pd-entry" draggable="true" data-tip="${hint}" aria-label="${hint}"><i class="${icon}"></i><span>${say(`palette.${name}` as WordKey)}</span></div>`
}
