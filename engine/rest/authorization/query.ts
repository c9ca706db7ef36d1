import { permissionsOf } from '../access/known-caller.ts'
import { constantField, dateField, mappedField, numberField, textField } from '../query/field.ts'
import { among, equalTo, filter } from '../query/filter.ts'
import { integer } from '../query/kind.ts'
import type { ResourceQuery } from '../query/resource-query.ts'
import { sql } from '../query/sql.ts'

const equalNumber = (column: string) => filter(integer, (value) => sql(`${column} = ?`, value))

export const authorizationQuery: ResourceQuery = {
  name: 'authorization',
  from: 'id_authorization a',
  key: 'a.authorization_id',
  authorisedBy: { tenant: null, rights: [['READ:AUTHORIZATION', 'a.authorization_id']] },
  fields: {
    id: textField('a.authorization_id'),
    type: numberField('a.type'),
    permissions: mappedField('a.permissions', { type: 'array', items: { type: 'string' } }, (raw) => permissionsOf(String(raw))),
    userId: textField('a.user_id'),
    groupId: textField('a.group_id'),
    resourceType: numberField('a.resource_type'),
    resourceId: textField('a.resource_id'),
    removalTime: dateField('a.removal_at'),
    rootProcessInstanceId: constantField(null),
  },
  filters: {
    id: equalTo('a.authorization_id'),
    type: equalNumber('a.type'),
    userIdIn: among('a.user_id'),
    groupIdIn: among('a.group_id'),
    resourceType: equalNumber('a.resource_type'),
    resourceId: equalTo('a.resource_id'),
  },
  sorts: { resourceType: 'a.resource_type', resourceId: 'a.resource_id' },
}
