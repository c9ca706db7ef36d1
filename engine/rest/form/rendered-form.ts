import type { FormField } from '../../core/model/form-fields.ts'
import type { Value } from '../../core/value.ts'

/** An element of the page: tag, attributes in order (null: the name alone), what is in it. */
interface Element {
  readonly tag: string
  readonly attributes: readonly (readonly [name: string, value: string | null])[]
  readonly children: readonly (Element | string)[]
}

const element = (tag: string, attributes: Element['attributes'], ...children: Element['children']): Element => ({
  tag,
  attributes,
  children,
})

/** Camunda's names of the variable types that fields become. */
const VARIABLE_TYPES: Readonly<Record<string, string>> = { long: 'Long', boolean: 'Boolean' }
/** Constraints that a browser checks itself. */
const CHECKED_BY_BROWSER = new Set(['min', 'max', 'minlength', 'maxlength'])

/** The page that Camunda makes of the fields of a form: its clients (cam-variable-name, AngularJS) fill and send it. */
export function renderedForm(fields: readonly FormField[], initialOf: (field: FormField) => Value | undefined): string {
  const groups = fields.map((field) => element('div', [['class', 'form-group']], ...groupOf(field, initialOf(field))))
  const attributes: Element['attributes'] = [
    ['name', 'generatedForm'],
    ['role', 'form'],
  ]
  return print(element('form', attributes, ...groups), '')
}

function groupOf(field: FormField, initial: Value | undefined): Element['children'] {
  const label = field.label === null ? [] : [element('label', [['for', field.id]], field.label)]
  return [...label, controlOf(field, initial), messagesOf(field)]
}

function controlOf(field: FormField, initial: Value | undefined): Element {
  const common: Element['attributes'] = [
    ['class', 'form-control'],
    ['name', field.id],
    ['cam-variable-type', VARIABLE_TYPES[field.type ?? ''] ?? 'String'],
    ['cam-variable-name', field.id],
    ...constraintsOf(field),
  ]
  if (field.type === 'enum') {
    const options = field.values.map(({ id, name }) => element('option', [['value', id]], name ?? id))
    return element('select', common, ...options)
  }
  if (field.type === 'date') return dateControl(field, common)
  const value: Element['attributes'] =
    initial === undefined || initial.v === null || initial.v === undefined ? [] : [['value', String(initial.v)]]
  return element('input', [...common, ['type', field.type === 'boolean' ? 'checkbox' : 'text'], ...value])
}

function constraintsOf(field: FormField): Element['attributes'] {
  const required: Element['attributes'] = field.isRequired ? [['required', null]] : []
  const disabled: Element['attributes'] = field.isWritable ? [] : [['disabled', null]]
  const declared = field.constraints.flatMap(({ name, config }): Element['attributes'] => {
    if (name === 'required') return config === 'false' ? [] : [['required', null]]
    if (name === 'readonly') return config === 'false' ? [] : [['disabled', null]]
    return CHECKED_BY_BROWSER.has(name) ? [[name, config ?? '']] : []
  })
  return [...disabled, ...required, ...declared]
}

function dateControl({ id, datePattern }: FormField, common: Element['attributes']): Element {
  // It becomes a name in a script.
  const name = id.replaceAll(/[^\w$]/g, '_')
  const open = `open${name}`
  const isOpen = `dateFieldOpened${name}`
  return element(
    'div',
    [['class', 'input-group']],
    element('input', [...common, ['type', 'text'], ['uib-datepicker-popup', datePattern], ['is-open', isOpen]]),
    element(
      'div',
      [['class', 'input-group-btn']],
      element(
        'button',
        [
          ['type', 'button'],
          ['class', 'btn btn-default'],
          ['ng-click', `${open}($event)`],
        ],
        element('i', [['class', 'glyphicon glyphicon-calendar']]),
      ),
    ),
    element(
      'script',
      [
        ['cam-script', null],
        ['type', 'text/form-script'],
      ],
      `$scope.${open} = function ($event) { $event.preventDefault(); $event.stopPropagation(); $scope.${isOpen} = true; };`,
    ),
  )
}

function messagesOf({ id, type, datePattern }: FormField): Element {
  const state = `this.generatedForm.${id}`
  const message = (when: string, text: string) =>
    element(
      'div',
      [
        ['ng-show', when],
        ['class', 'help-block'],
      ],
      text,
    )
  const error = `${state}.$error`
  const messages =
    type === 'date'
      ? [
          message(`${error}.required && !${error}.date`, 'Required field'),
          message(`${error}.date`, `Invalid date format: the date should have the pattern '${datePattern}'`),
        ]
      : [
          message(`${error}.required`, 'Required field'),
          message(`${error}.camVariableType`, `Only a ${(VARIABLE_TYPES[type ?? ''] ?? 'String').toLowerCase()} value is allowed`),
        ]
  return element(
    'div',
    [
      ['ng-if', `${state}.$invalid && ${state}.$dirty`],
      ['class', 'has-error'],
    ],
    ...messages,
  )
}

/** Texts of a model are texts: nothing in them becomes a part of the page. */
const escapeText = (text: string): string =>
  text.replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('>', '&gt;').replaceAll('"', '&quot;')

/** An expression of the page's own keeps its `&&`. */
function print({ tag, attributes, children }: Element, indent: string): string {
  const list = attributes.map(([name, value]) => (value === null ? ` ${name}` : ` ${name}="${attributeText(name, value)}"`)).join('')
  if (tag === 'input') return `${indent}<input${list} />\n`
  const inner = `${indent}  `
  const body = children.map((child) => (typeof child === 'string' ? `${inner}${textOf(tag, child)}\n` : print(child, inner))).join('')
  return `${indent}<${tag}${list}>\n${body}${indent}</${tag}>\n`
}

const attributeText = (name: string, value: string): string =>
  name.startsWith('ng-') ? value.replaceAll('"', '&quot;') : escapeText(value)
const textOf = (tag: string, text: string): string => (tag === 'script' ? text : escapeText(text))
