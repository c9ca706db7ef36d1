import type { Behavior, CalledElement } from '../core/model/node.ts'
import { readMappings } from './extension-elements.ts'
import { expression, optionalExpression, type Reading } from './reading.ts'
import type { XmlElement } from './xml.ts'

export function readCallActivity(reading: Reading, element: XmlElement, id: string): Behavior {
  const attribute = (name: string): string | undefined => element.attributes[`camunda:${name}`]
  const key = element.attributes['calledElement']
  if (attribute('caseRef') !== undefined) reading.findings.error('unsupported-element', 'calling a case is not supported', element, id)
  else if (!key) reading.findings.error('called-element-missing', "missing attribute 'calledElement'", element, id)
  const binding = attribute('calledElementBinding') ?? 'latest'
  if (!['latest', 'deployment', 'version', 'versionTag'].includes(binding)) {
    reading.findings.error('binding-unknown', `calledElementBinding '${binding}' is not known`, element, id)
  }
  if (binding === 'version' && !attribute('calledElementVersion')) {
    reading.findings.error(
      'binding-incomplete',
      "missing attribute 'calledElementVersion' when calledElementBinding has value 'version'",
      element,
      id,
    )
  }
  if (binding === 'versionTag' && !attribute('calledElementVersionTag')) {
    reading.findings.error(
      'binding-incomplete',
      "missing attribute 'calledElementVersionTag' when calledElementBinding has value 'versionTag'",
      element,
      id,
    )
  }
  const inputs = readMappings(reading, element, 'in')
  const called: CalledElement = {
    key: expression(reading, key ?? '', element),
    binding: binding as CalledElement['binding'],
    version: optionalExpression(reading, attribute('calledElementVersion'), element),
    versionTag: optionalExpression(reading, attribute('calledElementVersionTag'), element),
    tenantId:
      attribute('calledElementTenantId') === undefined ? null : expression(reading, attribute('calledElementTenantId') ?? '', element),
    businessKey: inputs.find((mapping) => mapping.kind === 'businessKey')?.sourceExpression ?? null,
    inputs: inputs.filter((mapping) => mapping.kind !== 'businessKey'),
    outputs: readMappings(reading, element, 'out'),
  }
  return { kind: 'callActivity', called }
}
