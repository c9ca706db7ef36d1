declare module 'camunda-bpmn-moddle/resources/camunda.json' {
  const descriptor: Record<string, unknown>
  export default descriptor
}

declare module 'diagram-js-minimap' {
  const minimapModule: Record<string, unknown>
  export default minimapModule
}
