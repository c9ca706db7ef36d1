import { authorizationOperations } from './authorization/operations.ts'
import { batchOperations } from './batch/operations.ts'
import { removalOperations } from './batch/removal-operations.ts'
import { conditionOperations } from './condition/operations.ts'
import { decisionDefinitionOperations } from './decision-definition/operations.ts'
import { decisionRequirementsOperations } from './decision-requirements/operations.ts'
import { deploymentOperations } from './deployment/operations.ts'
import { engineOperations } from './engine/operations.ts'
import { eventSubscriptionQuery } from './event-subscription/query.ts'
import { executionOperations } from './execution/operations.ts'
import { externalTaskOperations } from './external-task/operations.ts'
import { filterOperations } from './filter/operations.ts'
import { formOperations } from './form/operations.ts'
import { cleanupOperations } from './history/cleanup-operations.ts'
import { historyOperations } from './history/operations.ts'
import { historyReportOperations } from './history/report-operations.ts'
import { durationReports } from './history/reports.ts'
import { json } from './http/call.ts'
import { type Operation, operation } from './http/operation.ts'
import { queryOperations } from './http/query-operations.ts'
import { identityOperations } from './identity/operations.ts'
import { incidentOperations } from './incident/operations.ts'
import { jobOperations } from './job/operations.ts'
import { jobDefinitionOperations } from './job-definition/operations.ts'
import { messageOperations } from './message/operations.ts'
import { metricsOperations } from './metrics/operations.ts'
import { migrationOperations } from './migration/operations.ts'
import { modificationOperations } from './modification/operations.ts'
import { describeApi } from './openapi.ts'
import { processDefinitionOperations } from './process-definition/operations.ts'
import { processInstanceOperations } from './process-instance/operations.ts'
import { taskOperations } from './task/operations.ts'
import { userOperationOperations } from './user-operation/operations.ts'
import { variableInstanceOperations } from './variable-instance/operations.ts'

const served: readonly Operation[] = [
  ...engineOperations,
  ...deploymentOperations,
  ...processDefinitionOperations,
  ...decisionDefinitionOperations,
  ...decisionRequirementsOperations,
  ...processInstanceOperations,
  ...executionOperations,
  ...taskOperations,
  ...formOperations,
  ...filterOperations,
  ...externalTaskOperations,
  ...messageOperations,
  ...conditionOperations,
  ...jobOperations,
  ...jobDefinitionOperations,
  ...incidentOperations,
  ...queryOperations(eventSubscriptionQuery, { post: false, byId: false }),
  ...variableInstanceOperations,
  ...historyOperations,
  ...historyReportOperations,
  ...durationReports,
  ...cleanupOperations,
  ...userOperationOperations,
  ...identityOperations,
  ...authorizationOperations,
  ...metricsOperations,
  ...modificationOperations,
  ...migrationOperations,
  ...removalOperations,
  ...batchOperations,
]

/** Every operation of the API, its own description among them. */
export const operations: readonly Operation[] = [
  ...served,
  operation('GET', '/openapi.json', 'This description', async () => json(describeApi(operations))),
]
