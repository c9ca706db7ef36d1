import { BIHUAN_NAMESPACE } from '../../../contracts/bpmn-extension.ts'

/** What bpmn-js must know to read and write `<bihuan:node>` and `<bihuan:effect>`: elements with a text. */
export const bihuanModdle = {
  name: 'Bihuan',
  uri: BIHUAN_NAMESPACE,
  prefix: 'bihuan',
  xml: { tagAlias: 'lowerCase' },
  types: ['Node', 'Effect'].map((name) => ({
    name,
    superClass: ['Element'],
    properties: [{ name: 'text', isBody: true, type: 'String' }],
  })),
  associations: [],
}
