import { type FormConstraint, type FormField, type FormFields, noFormFields } from '../core/model/form-fields.ts'
import { extensionChildren } from './extension-elements.ts'
import { optionalExpression, type Reading } from './reading.ts'
import { childrenNamed, type XmlElement } from './xml.ts'

/** Reads `camunda:formData` and `camunda:formProperty` of a start event or user task. */
export function readFormFields(reading: Reading, element: XmlElement): FormFields {
  const data = extensionChildren(element, 'formData')
  const properties = extensionChildren(element, 'formProperty')
  if (data.length === 0 && properties.length === 0) return noFormFields
  return {
    fields: [
      ...properties.map((property) => readProperty(reading, property)),
      ...data.flatMap((form) => childrenNamed(form, 'camunda:formField').map((field) => readField(reading, field))),
    ],
    businessKeyField: data[0]?.attributes.businessKey ?? null,
  }
}

function readField(reading: Reading, element: XmlElement): FormField {
  const { id = '', label, type, defaultValue, datePattern } = element.attributes
  return {
    ...common(element, id, type, datePattern),
    kind: 'field',
    label: label ?? null,
    variable: id,
    expression: null,
    defaultValue: optionalExpression(reading, defaultValue, element),
    constraints: childrenNamed(element, 'camunda:validation').flatMap((validation) =>
      childrenNamed(validation, 'camunda:constraint').map((constraint): FormConstraint => {
        const { name = '', config } = constraint.attributes
        return { name, config: config ?? null }
      }),
    ),
    isRequired: false,
    isWritable: true,
  }
}

function readProperty(reading: Reading, element: XmlElement): FormField {
  const { id = '', name, type, variable, expression, required, writable, datePattern } = element.attributes
  return {
    ...common(element, id, type, datePattern),
    kind: 'property',
    label: name ?? null,
    variable: expression === undefined ? (variable ?? id) : null,
    expression: optionalExpression(reading, expression, element),
    defaultValue: optionalExpression(reading, element.attributes.default, element),
    constraints: [],
    isRequired: required === 'true',
    isWritable: writable !== 'false',
  }
}

const common = (element: XmlElement, id: string, type: string | undefined, datePattern: string | undefined) => ({
  id,
  type: type ?? null,
  datePattern: datePattern ?? 'dd/MM/yyyy',
  values: childrenNamed(element, 'camunda:value').map(({ attributes }) => ({ id: attributes.id ?? '', name: attributes.name ?? null })),
})
