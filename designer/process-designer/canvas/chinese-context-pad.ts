import { say } from '../words/say.ts'
import type { WordKey } from '../words/zh-CN.ts'
import type { Modeling, Shape } from './bpmn-services.ts'

interface ContextPad {
  registerProvider(priority: number, provider: ChineseContextPad): void
}
interface AutoPlace {
  append(source: Shape, shape: unknown): void
}
interface ElementFactory {
  createShape(attributes: Record<string, unknown>): unknown
}
interface Connect {
  start(event: Event, source: Shape): void
}

const appendable: readonly (readonly [name: string, icon: string, type: string])[] = [
  ['user', 'bpmn-icon-user-task', 'bpmn:UserTask'],
  ['exclusive', 'bpmn-icon-gateway-xor', 'bpmn:ExclusiveGateway'],
  ['end', 'bpmn-icon-end-event-none', 'bpmn:EndEvent'],
]

/** What stands beside a chosen node: append, connect, delete. A statutory node cannot be deleted. */
export class ChineseContextPad {
  static $inject = ['contextPad', 'autoPlace', 'elementFactory', 'connect', 'modeling']
  private readonly autoPlace: AutoPlace
  private readonly elementFactory: ElementFactory
  private readonly connect: Connect
  private readonly modeling: Modeling

  constructor(contextPad: ContextPad, autoPlace: AutoPlace, elementFactory: ElementFactory, connect: Connect, modeling: Modeling) {
    this.autoPlace = autoPlace
    this.elementFactory = elementFactory
    this.connect = connect
    this.modeling = modeling
    contextPad.registerProvider(500, this)
  }

  getContextPadEntries(shape: Shape) {
    // Replaces the stock provider's entries: a provider of lower priority receives them and may answer with others.
    return () => {
      const entry = (name: string, icon: string, click: (event: Event) => void) => ({
        group: 'bihuan',
        className: icon,
        title: say(`pad.${name}` as WordKey),
        action: { click },
      })
      const isConnection = 'waypoints' in shape
      const mayFlowOn =
        !isConnection &&
        !/EndEvent|Participant|Lane|TextAnnotation/.test(shape.type) &&
        /Task|Gateway|Event|Activity|SubProcess/.test(shape.type)
      return {
        ...(mayFlowOn
          ? Object.fromEntries(
              appendable.map(([name, icon, type]) => [
                `append-${name}`,
                entry(name, icon, () => this.autoPlace.append(shape, this.elementFactory.createShape({ type }))),
              ]),
            )
          : {}),
        ...(mayFlowOn ? { connect: entry('connect', 'bpmn-icon-connection-multi', (event) => this.connect.start(event, shape)) } : {}),
        ...(isStatutory(shape) ? {} : { delete: entry('delete', 'bpmn-icon-trash', () => this.modeling.removeElements([shape])) }),
      }
    }
  }
}

function isStatutory(shape: Shape): boolean {
  const node = shape.businessObject.extensionElements?.values?.find((value) => value.$type === 'bihuan:Node')
  return node?.text !== undefined && /"statutory"\s*:/.test(node.text)
}
