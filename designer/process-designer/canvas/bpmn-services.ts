/** The few services of bpmn-js that the designer uses, as far as it uses them. */
export interface Moddle {
  $type: string
  id: string
  name?: string
  text?: string
  values?: Moddle[]
  body?: string
  extensionElements?: Moddle
  conditionExpression?: Moddle
  eventDefinitions?: Moddle[]
  timeDate?: Moddle
  timeDuration?: Moddle
  timeCycle?: Moddle
  calledElement?: string
  $parent?: Moddle
  $instanceOf?(type: string): boolean
  get(name: string): unknown
}

export interface Shape {
  id: string
  type: string
  businessObject: Moddle
  width?: number
  height?: number
  x?: number
  y?: number
  parent?: Shape
  labelTarget?: Shape
}

export interface Canvas {
  zoom(level?: number | 'fit-viewport', center?: 'auto'): number
  viewbox(box?: { x: number; y: number; width: number; height: number }): {
    inner: { x: number; y: number; width: number; height: number }
    outer: { width: number; height: number }
  }
  addMarker(id: string, marker: string): void
  removeMarker(id: string, marker: string): void
  scrollToElement(id: string, padding?: number): void
  getRootElement(): Shape
}

export interface Overlays {
  add(id: string, type: string, overlay: { position: Record<string, number>; html: string | HTMLElement }): string
  remove(filter: { type: string }): void
}

export interface ElementRegistry {
  get(id: string): Shape | undefined
  filter(test: (shape: Shape) => boolean): Shape[]
}

export interface Modeling {
  updateProperties(shape: Shape, properties: Record<string, unknown>): void
  updateModdleProperties(shape: Shape, element: Moddle, properties: Record<string, unknown>): void
  removeElements(shapes: Shape[]): void
}

export interface Selection {
  get(): Shape[]
  select(shape: Shape | Shape[]): void
}

export interface CommandStack {
  undo(): void
  redo(): void
  canUndo(): boolean
  canRedo(): boolean
}

export interface BpmnFactory {
  create(type: string, properties: Record<string, unknown>): Moddle
}

export interface EventBus {
  on(events: string | string[], listener: (event: never) => void): void
  on(events: string | string[], priority: number, listener: (event: never) => unknown): void
  off(events: string | string[], listener: (event: never) => unknown): void
}

export interface Keyboard {
  bind(): void
  unbind(): void
}

export interface ServiceMap {
  keyboard: Keyboard
  canvas: Canvas
  overlays: Overlays
  elementRegistry: ElementRegistry
  modeling: Modeling
  selection: Selection
  commandStack: CommandStack
  bpmnFactory: BpmnFactory
  eventBus: EventBus
}

/** The modeler as the designer sees it. */
export interface DesignerModeler {
  get<Name extends keyof ServiceMap>(name: Name): ServiceMap[Name]
  importXML(xml: string): Promise<{ warnings: string[] }>
  saveXML(options: { format: boolean }): Promise<{ xml?: string }>
  on(event: string, listener: () => void): void
  destroy(): void
}
