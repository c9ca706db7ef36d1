import { textField } from '../query/field.ts'
import { among, equalTo, filter, like } from '../query/filter.ts'
import { text } from '../query/kind.ts'
import type { ResourceQuery } from '../query/resource-query.ts'
import { sql } from '../query/sql.ts'

const memberOf = (kind: string, own: string) =>
  filter(text, (value) =>
    sql(`exists (select 1 from id_membership m where m.kind = '${kind}' and m.member_id = ${own} and m.owner_id = ?)`, value),
  )
const has = (kind: string, own: string) =>
  filter(text, (value) =>
    sql(`exists (select 1 from id_membership m where m.kind = '${kind}' and m.owner_id = ${own} and m.member_id = ?)`, value),
  )

export const userQuery: ResourceQuery = {
  name: 'user',
  from: 'id_user u',
  key: 'u.user_id',
  authorisedBy: { tenant: null, rights: [['READ:USER', 'u.user_id']] },
  fields: {
    id: textField('u.user_id'),
    firstName: textField('u.first_name'),
    lastName: textField('u.last_name'),
    email: textField('u.email'),
  },
  filters: {
    id: equalTo('u.user_id'),
    idIn: among('u.user_id'),
    firstName: equalTo('u.first_name'),
    firstNameLike: like('u.first_name'),
    lastName: equalTo('u.last_name'),
    lastNameLike: like('u.last_name'),
    email: equalTo('u.email'),
    emailLike: like('u.email'),
    memberOfGroup: memberOf('user-group', 'u.user_id'),
    memberOfTenant: memberOf('user-tenant', 'u.user_id'),
  },
  sorts: { userId: 'u.user_id', firstName: 'u.first_name', lastName: 'u.last_name', email: 'u.email' },
}

export const groupQuery: ResourceQuery = {
  name: 'group',
  from: 'id_group g',
  key: 'g.group_id',
  authorisedBy: { tenant: null, rights: [['READ:GROUP', 'g.group_id']] },
  fields: { id: textField('g.group_id'), name: textField('g.name'), type: textField('g.type') },
  filters: {
    id: equalTo('g.group_id'),
    idIn: among('g.group_id'),
    name: equalTo('g.name'),
    nameLike: like('g.name'),
    type: equalTo('g.type'),
    member: has('user-group', 'g.group_id'),
    memberOfTenant: memberOf('group-tenant', 'g.group_id'),
  },
  sorts: { id: 'g.group_id', name: 'g.name', type: 'g.type' },
}

export const tenantQuery: ResourceQuery = {
  name: 'tenant',
  from: 'id_tenant t',
  key: 't.tenant_id',
  authorisedBy: { tenant: null, rights: [['READ:TENANT', 't.tenant_id']] },
  fields: { id: textField('t.tenant_id'), name: textField('t.name') },
  filters: {
    id: equalTo('t.tenant_id'),
    name: equalTo('t.name'),
    nameLike: like('t.name'),
    userMember: has('user-tenant', 't.tenant_id'),
    groupMember: has('group-tenant', 't.tenant_id'),
  },
  sorts: { id: 't.tenant_id', name: 't.name' },
}
