import { invalidRequest } from '../problem.ts'
import { booleanField, constantField, dateField, numberField, textField } from '../query/field.ts'
import { among, equalTo, filter, flag, ofExecution, tenantFilters } from '../query/filter.ts'
import { boolean, dateConditions, integer } from '../query/kind.ts'
import type { ResourceQuery } from '../query/resource-query.ts'
import { allOf, sql } from '../query/sql.ts'

const dates = (column: string) =>
  filter(dateConditions, (conditions) =>
    allOf(conditions.map(({ operator, at }) => sql(`${column} ${operator === 'gt' ? '>' : '<'} ?`, at))),
  )

export const jobQuery: ResourceQuery = {
  name: 'job',
  from: 'ru_job j',
  key: 'j.job_id',
  authorisedBy: {
    tenant: 'j.tenant_id',
    rights: [
      ['READ:PROCESS_INSTANCE', 'j.instance_id'],
      ['READ_INSTANCE:PROCESS_DEFINITION', 'j.definition_key'],
    ],
  },
  fields: {
    id: textField('j.job_id'),
    jobDefinitionId: textField('j.job_definition_id'),
    processInstanceId: textField('j.instance_id'),
    processDefinitionId: textField('j.definition_id'),
    processDefinitionKey: textField('j.definition_key'),
    executionId: textField('j.execution_id'),
    exceptionMessage: textField('j.exception_message'),
    failedActivityId: textField('j.failed_activity_id'),
    retries: numberField('j.retries'),
    dueDate: dateField('j.due_at'),
    suspended: booleanField('j.suspended'),
    priority: numberField('j.priority'),
    tenantId: textField('j.tenant_id'),
    createTime: dateField('j.created_at'),
    batchId: constantField(null),
  },
  filters: {
    jobId: equalTo('j.job_id'),
    jobIds: among('j.job_id'),
    jobDefinitionId: equalTo('j.job_definition_id'),
    processInstanceId: equalTo('j.instance_id'),
    processInstanceIds: among('j.instance_id'),
    executionId: ofExecution('j.instance_id', 'j.execution_id'),
    processDefinitionId: equalTo('j.definition_id'),
    processDefinitionKey: equalTo('j.definition_key'),
    activityId: equalTo('j.activity_id'),
    failedActivityId: equalTo('j.failed_activity_id'),
    withRetriesLeft: flag('j.retries > 0'),
    noRetriesLeft: flag('j.retries = 0'),
    executable: filter(boolean, (value, { now }) => (value ? sql('(j.retries > 0 and (j.due_at is null or j.due_at <= ?))', now) : null)),
    timers: flag("j.handler <> 'async-continuation'"),
    messages: flag("j.handler = 'async-continuation'"),
    dueDates: dates('j.due_at'),
    createTimes: dates('j.created_at'),
    withException: flag('j.exception_message is not null'),
    exceptionMessage: equalTo('j.exception_message'),
    active: flag('j.suspended = 0'),
    suspended: flag('j.suspended = 1'),
    priorityHigherThanOrEquals: filter(integer, (value) => sql('j.priority >= ?', value)),
    priorityLowerThanOrEquals: filter(integer, (value) => sql('j.priority <= ?', value)),
    ...tenantFilters('j.tenant_id', 'includeJobsWithoutTenantId'),
  },
  sorts: {
    jobId: 'j.job_id',
    executionId: 'j.execution_id',
    processInstanceId: 'j.instance_id',
    processDefinitionId: 'j.definition_id',
    processDefinitionKey: 'j.definition_key',
    jobPriority: 'j.priority',
    jobRetries: 'j.retries',
    jobDueDate: 'j.due_at',
    tenantId: 'j.tenant_id',
  },
  check: (has) => {
    if (has('timers') && has('messages')) throw invalidRequest('Parameter timers cannot be used together with parameter messages.')
  },
}
