import { dateField, textField } from '../query/field.ts'
import { equalTo, ofExecution, tenantFilters } from '../query/filter.ts'
import type { ResourceQuery } from '../query/resource-query.ts'

export const eventSubscriptionQuery: ResourceQuery = {
  name: 'event-subscription',
  from: 'ru_subscription s',
  key: 's.subscription_id',
  authorisedBy: {
    tenant: 's.tenant_id',
    rights: [
      ['READ:PROCESS_INSTANCE', 's.instance_id'],
      ['READ_INSTANCE:PROCESS_DEFINITION', 's.definition_key'],
    ],
  },
  tie: 's.seq asc, s.subscription_id',
  fields: {
    id: textField('s.subscription_id'),
    eventType: textField('s.type'),
    eventName: textField('s.name'),
    executionId: textField('s.execution_id'),
    processInstanceId: textField('s.instance_id'),
    activityId: textField('s.activity_id'),
    createdDate: dateField('s.created_at'),
    tenantId: textField('s.tenant_id'),
  },
  filters: {
    eventSubscriptionId: equalTo('s.subscription_id'),
    eventType: equalTo('s.type'),
    eventName: equalTo('s.name'),
    executionId: ofExecution('s.instance_id', 's.execution_id'),
    processInstanceId: equalTo('s.instance_id'),
    activityId: equalTo('s.activity_id'),
    ...tenantFilters('s.tenant_id', 'includeEventSubscriptionsWithoutTenantId'),
  },
  sorts: { created: 's.created_at', tenantId: 's.tenant_id' },
}
