import { after, before, equalTo } from '../query/filter.ts'
import type { ResourceQuery } from '../query/resource-query.ts'

/** Parameters of the user operation log: checked, though there is nothing to find. */
export const userOperationQuery: ResourceQuery = {
  name: 'history/user-operation',
  from: '',
  key: '',
  authorisedBy: null,
  fields: {},
  filters: {
    processInstanceId: equalTo(''),
    processDefinitionId: equalTo(''),
    taskId: equalTo(''),
    userId: equalTo(''),
    operationType: equalTo(''),
    entityType: equalTo(''),
    afterTimestamp: after(''),
    beforeTimestamp: before(''),
  },
  sorts: { timestamp: '' },
}
