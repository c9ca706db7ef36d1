declare module 'bpmn-moddle' {
  /** Reads BPMN 2.0 XML into plain objects; unknown extension elements keep `$type` and `$body`. */
  export class BpmnModdle {
    fromXML(xml: string): Promise<{ rootElement: unknown; warnings: readonly { message: string }[] }>
  }
}
