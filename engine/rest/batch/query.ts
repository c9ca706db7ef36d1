import { booleanField, constantField, dateField, numberField, textField } from '../query/field.ts'
import { after, before, equalTo, flag, tenantFilters } from '../query/filter.ts'
import type { ResourceQuery } from '../query/resource-query.ts'

/** A batch has no job definitions of its own here; their ids are made of the batch's. */
const jobDefinitions = (alias: string) => ({
  batchJobsPerSeed: constantField(100),
  invocationsPerBatchJob: constantField(1),
  seedJobDefinitionId: textField(`${alias}.batch_id`),
  monitorJobDefinitionId: textField(`${alias}.batch_id`),
  batchJobDefinitionId: textField(`${alias}.batch_id`),
})

const FAILED = 'select 1 from ru_batch_item i where i.batch_id = b.batch_id and i.attempts >= 3'
const REMAINING = '(select count(*) from ru_batch_item i where i.batch_id = b.batch_id)'

export const batchQuery: ResourceQuery = {
  name: 'batch',
  from: 'ru_batch b',
  key: 'b.batch_id',
  authorisedBy: { tenant: 'b.tenant_id', rights: [['READ:BATCH', 'b.batch_id']] },
  fields: {
    id: textField('b.batch_id'),
    type: textField('b.type'),
    totalJobs: numberField('b.total_jobs'),
    jobsCreated: numberField('b.total_jobs'),
    ...jobDefinitions('b'),
    suspended: booleanField('b.suspended'),
    tenantId: textField('b.tenant_id'),
    createUserId: textField('b.user_id'),
    startTime: dateField('b.started_at'),
    executionStartTime: dateField('b.started_at'),
  },
  filters: {
    batchId: equalTo('b.batch_id'),
    type: equalTo('b.type'),
    ...tenantFilters('b.tenant_id'),
    suspended: flag('b.suspended = 1'),
  },
  sorts: { batchId: 'b.batch_id', tenantId: 'b.tenant_id' },
}

export const batchStatisticsQuery: ResourceQuery = {
  ...batchQuery,
  name: 'batch/statistics',
  filters: {
    ...batchQuery.filters,
    startedAfter: after('b.started_at'),
    startedBefore: before('b.started_at'),
    createdBy: equalTo('b.user_id'),
    withFailures: flag(`exists (${FAILED})`),
    withoutFailures: flag(`not exists (${FAILED})`),
  },
  sorts: { ...batchQuery.sorts, startTime: 'b.started_at' },
  fields: {
    ...batchQuery.fields,
    remainingJobs: numberField(REMAINING),
    completedJobs: numberField(`(b.total_jobs - ${REMAINING})`),
    failedJobs: numberField('(select count(*) from ru_batch_item i where i.batch_id = b.batch_id and i.attempts >= 3)'),
  },
}

export const historicBatchQuery: ResourceQuery = {
  name: 'history/batch',
  from: 'hi_batch h',
  key: 'h.batch_id',
  authorisedBy: { tenant: 'h.tenant_id', rights: [['READ_HISTORY:BATCH', 'h.batch_id']] },
  fields: {
    id: textField('h.batch_id'),
    type: textField('h.type'),
    totalJobs: numberField('h.total_jobs'),
    ...jobDefinitions('h'),
    tenantId: textField('h.tenant_id'),
    createUserId: textField('h.user_id'),
    startTime: dateField('h.started_at'),
    endTime: dateField('h.ended_at'),
    removalTime: dateField('h.removal_at'),
    executionStartTime: dateField('h.started_at'),
  },
  filters: {
    batchId: equalTo('h.batch_id'),
    type: equalTo('h.type'),
    completed: flag('h.ended_at is not null'),
    ...tenantFilters('h.tenant_id'),
  },
  sorts: { batchId: 'h.batch_id', startTime: 'h.started_at', endTime: 'h.ended_at', tenantId: 'h.tenant_id' },
}
