import { mappedField, textField } from '../query/field.ts'
import { equalTo, like, option } from '../query/filter.ts'
import { looseBoolean } from '../query/kind.ts'
import type { ResourceQuery } from '../query/resource-query.ts'
import { sql } from '../query/sql.ts'

const parsed = (raw: unknown): Readonly<Record<string, unknown>> => (typeof raw === 'string' ? JSON.parse(raw) : {})
const EMPTY_LISTS = { taskVariables: [], processVariables: [], caseInstanceVariables: [] }

/** Lists that were not given are shown as empty ones, in alternatives as well. */
function shown(query: Readonly<Record<string, unknown>>): Readonly<Record<string, unknown>> {
  const alternatives = Array.isArray(query.orQueries) ? query.orQueries : []
  return { ...EMPTY_LISTS, ...query, orQueries: alternatives.map((one) => ({ ...EMPTY_LISTS, ...one })) }
}

export const filterQuery: ResourceQuery = {
  name: 'filter',
  from: 'ru_filter f',
  key: 'f.filter_id',
  authorisedBy: {
    tenant: null,
    rights: [['READ:FILTER', 'f.filter_id']],
    own: ({ id }) => (id === null ? null : sql('f.owner = ?', id)),
  },
  fields: {
    id: textField('f.filter_id'),
    resourceType: textField('f.resource_type'),
    name: textField('f.name'),
    owner: textField('f.owner'),
    query: mappedField('f.query', { type: 'object' }, (raw) => shown(parsed(raw))),
    properties: mappedField('f.properties', { type: 'object' }, parsed),
  },
  filters: {
    filterId: equalTo('f.filter_id'),
    resourceType: equalTo('f.resource_type'),
    name: equalTo('f.name'),
    nameLike: like('f.name'),
    owner: equalTo('f.owner'),
    itemCount: option(looseBoolean),
  },
  sorts: { filterId: 'f.filter_id', firstResult: 'f.filter_id', resourceType: 'f.resource_type', name: 'f.name', owner: 'f.owner' },
}
