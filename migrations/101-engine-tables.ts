import type { Migration, MigrationContext } from '../database/migrate.ts'

/*
 * The tables of the embedded engine.
 *
 *   re_  what was deployed            ru_  what runs now: projections of the snapshots in ru_instance.state, and engine-owned rows
 *   hi_  what happened, append only   id_  users and groups that the REST API keeps
 *
 * instance_id is always the process instance, root_id the root of its call hierarchy: the unit of locking. Where instance_id is part
 * of a primary key it is '' for what belongs to no instance (standalone tasks). seq numbers the events of one call hierarchy.
 * Primary keys that begin with an owner keep rows of one owner together and save an index on it: each index costs a write.
 */
export const migration: Migration = {
  id: '101-engine-tables',
  up: async (context) => {
    await repository(context)
    await runtimeState(context)
    await runtimeWork(context)
    await history(context)
    await historyOfWork(context)
    await identity(context)
  },
}

async function repository({ run, types }: MigrationContext) {
  const { id, text, longText, bytes, int, bool, instant } = types
  // Named locks (row 'deployment' is locked by whoever deploys) and settings.
  await run(`create table engine_property (name ${id} not null primary key, value ${longText})`)
  await run(`create table re_deployment (
    deployment_id ${id} not null primary key, name ${text(255)}, source ${text(255)}, tenant_id ${id}, deployed_at ${instant} not null)`)
  await run(`create table re_resource (
    resource_id ${id} not null primary key, deployment_id ${id} not null, name ${text(255)} not null, content ${bytes} not null,
    content_hash ${id} not null, seq ${int} not null)`)
  await run('create index idx_re_resource__deployment on re_resource (deployment_id)')
  await run(`create table re_definition (
    definition_id ${id} not null primary key, definition_key ${id} not null, version ${int} not null, name ${text(255)},
    version_tag ${text(64)}, category ${text(255)}, description ${longText}, deployment_id ${id} not null,
    resource_name ${text(255)} not null, diagram_name ${text(255)}, tenant_id ${id}, suspended ${bool} not null,
    history_ttl ${int}, startable ${bool} not null, start_form_key ${text(255)}, has_start_form ${bool} not null)`)
  await run('create index idx_re_definition__key_version on re_definition (definition_key, version)')
  await run('create index idx_re_definition__deployment on re_definition (deployment_id)')
  await run(`create table re_decision (
    decision_id ${id} not null primary key, decision_key ${id} not null, version ${int} not null, name ${text(255)},
    version_tag ${text(64)}, category ${text(255)}, deployment_id ${id} not null, resource_name ${text(255)} not null,
    tenant_id ${id}, history_ttl ${int}, requirements_id ${id}, requirements_key ${id})`)
  await run('create index idx_re_decision__key_version on re_decision (decision_key, version)')
  await run('create index idx_re_decision__deployment on re_decision (deployment_id)')
  await run(`create table re_requirements (
    requirements_id ${id} not null primary key, requirements_key ${id} not null, version ${int} not null, name ${text(255)},
    category ${text(255)}, deployment_id ${id} not null, resource_name ${text(255)} not null, tenant_id ${id})`)
  await run('create index idx_re_requirements__deployment on re_requirements (deployment_id)')
}

async function runtimeState({ run, types }: MigrationContext) {
  const { id, text, longText, json, int, bool, instant, long, double, prefix } = types
  await run(`create table ru_instance (
    instance_id ${id} not null primary key, root_id ${id} not null, rev ${int} not null, state ${json} not null,
    definition_id ${id} not null, definition_key ${id} not null, business_key ${text(255)}, super_instance_id ${id},
    super_execution_id ${id}, tenant_id ${id}, suspended ${bool} not null, started_at ${instant} not null)`)
  await run('create index idx_ru_instance__root on ru_instance (root_id)')
  await run('create index idx_ru_instance__business_key on ru_instance (business_key)')
  await run('create index idx_ru_instance__definition on ru_instance (definition_id)')
  // Children of a large parallel multi-instance, 64 a row.
  await run(`create table ru_chunk (
    instance_id ${id} not null, chunk_id ${id} not null, rev ${int} not null, state ${json} not null, primary key (instance_id, chunk_id))`)
  // Executions as Camunda shows them: scopes, and tokens that share a scope with others. The instance's own has parent_id null.
  // is_active: executes its activity now, counts as an instance of it. is_transition: waits asynchronously before or after it.
  await run(`create table ru_execution (
    instance_id ${id} not null, execution_id ${id} not null, root_id ${id} not null, parent_id ${id}, definition_id ${id} not null,
    definition_key ${id} not null, activity_id ${id}, activity_type ${id}, activity_instance_id ${id}, scope_node ${id} not null,
    phase ${id} not null, is_active ${bool} not null, is_scope ${bool} not null, is_concurrent ${bool} not null,
    is_transition ${bool} not null, suspended ${bool} not null, tenant_id ${id}, seq ${int} not null,
    primary key (instance_id, execution_id))${types.byKey}`)
  await run('create index idx_ru_execution__execution on ru_execution (execution_id)')
  // Values by type: text_value holds the first 4000 characters of a text, long_value Integer, Short, Long, Boolean (0, 1) and Date,
  // double_value every number. json_value is the value as the engine keeps it (the codec is engine/runtime/value-columns.ts): exact also
  // for a Long beyond 2^53 and for long texts. task_id is set for task-local variables.
  await run(`create table ru_variable (
    instance_id ${id} not null, variable_id ${id} not null, root_id ${id}, execution_id ${id}, task_id ${id}, activity_instance_id ${id},
    name ${text(255)} not null, type ${id} not null, text_value ${text(4000)}, long_value ${long}, double_value ${double},
    json_value ${json} not null, created_at ${instant} not null, tenant_id ${id}, primary key (instance_id, variable_id))${types.byKey}`)
  // Variables that equal a value, texts and numbers: of a number there is no text.
  await run(`create index idx_ru_variable__name_value on ru_variable (${prefix('name', 64)}, ${prefix('text_value', 32)}, double_value)`)
  await run(`create table ru_subscription (
    subscription_id ${id} not null primary key, type ${id} not null, name ${text(255)}, instance_id ${id}, root_id ${id},
    execution_id ${id}, activity_id ${id} not null, activity_instance_id ${id}, definition_id ${id}, definition_key ${id},
    business_key ${text(255)}, tenant_id ${id}, suspended ${bool} not null, created_at ${instant} not null, seq ${int} not null)`)
  // Who waits for a message or signal, and who of them with a business key.
  await run('create index idx_ru_subscription__name on ru_subscription (name, business_key)')
  await run('create index idx_ru_subscription__instance on ru_subscription (instance_id)')
  await run('create index idx_ru_subscription__definition on ru_subscription (definition_id)')
  await run(`create table ru_incident (
    incident_id ${id} not null primary key, type ${id} not null, message ${longText}, created_at ${instant} not null, instance_id ${id},
    root_id ${id}, execution_id ${id}, activity_id ${id}, failed_activity_id ${id}, definition_id ${id}, definition_key ${id},
    cause_incident_id ${id}, root_cause_incident_id ${id}, configuration ${id}, job_definition_id ${id}, tenant_id ${id},
    annotation ${longText}, history_configuration ${id})`)
  await run('create index idx_ru_incident__instance on ru_incident (instance_id)')
  await run('create index idx_ru_incident__configuration on ru_incident (configuration)')
}

async function runtimeWork({ run, types }: MigrationContext) {
  const { id, text, longText, json, int, bool, instant, long } = types
  // name_lower serves the case-insensitive name filters; suspended is 1 while the instance is.
  await run(`create table ru_task (
    task_id ${id} not null primary key, instance_id ${id}, root_id ${id}, execution_id ${id}, activity_instance_id ${id},
    definition_id ${id}, definition_key ${id}, task_definition_key ${id}, name ${text(255)}, name_lower ${text(255)},
    description ${longText}, owner ${text(255)}, assignee ${text(255)}, delegation_state ${id}, priority ${int} not null,
    due_at ${instant}, follow_up_at ${instant}, created_at ${instant} not null, updated_at ${instant}, form_key ${text(255)},
    form_ref ${text(255)}, form_ref_binding ${id}, form_ref_version ${text(64)}, parent_task_id ${id}, business_key ${text(255)},
    tenant_id ${id}, suspended ${bool} not null)`)
  await run('create index idx_ru_task__instance on ru_task (instance_id)')
  await run('create index idx_ru_task__assignee on ru_task (assignee)')
  // The newest tasks, of one process and of all.
  await run('create index idx_ru_task__definition on ru_task (definition_key, created_at)')
  await run('create index idx_ru_task__created on ru_task (created_at)')
  // A link is to a user or to a group. By user: `group_id is null and user_id = ?`, which the one index serves as well. Searches that
  // begin at a group read its tasks and their instances from the index alone.
  // Candidate starters of a definition have task_id ''.
  await run(`create table ru_identity_link (
    task_id ${id} not null, identity_link_id ${id} not null, root_id ${id}, instance_id ${id}, definition_id ${id}, type ${id} not null,
    user_id ${text(255)}, group_id ${text(255)}, tenant_id ${id}, primary key (task_id, identity_link_id))${types.byKey}`)
  await run('create index idx_ru_identity_link__group_user on ru_identity_link (group_id, user_id, instance_id)')
  await run(`create table ru_job_definition (
    job_definition_id ${id} not null primary key, definition_id ${id} not null, definition_key ${id} not null, deployment_id ${id},
    activity_id ${id}, job_type ${id} not null, job_configuration ${text(255)}, suspended ${bool} not null, priority ${long},
    tenant_id ${id}, declaration ${id} not null)`)
  await run('create index idx_ru_job_definition__definition on ru_job_definition (definition_id)')
  // handler: async-continuation (Camunda's job type `message`), timer-start-event, suspend- and activate- (no instance), and the timers that core/state.ts
  // names. due_at null means now. lock_owner and lock_until are the runtime's. configuration: what a job of no instance repeats or does.
  await run(`create table ru_job (
    job_id ${id} not null primary key, handler ${id} not null, declaration ${id}, job_definition_id ${id}, instance_id ${id},
    root_id ${id}, execution_id ${id}, activity_id ${id}, failed_activity_id ${id}, definition_id ${id}, definition_key ${id},
    deployment_id ${id}, due_at ${instant}, retries ${int} not null, exclusive ${bool} not null, priority ${long} not null,
    suspended ${bool} not null, lock_owner ${id}, lock_until ${instant}, created_at ${instant} not null, exception_message ${longText},
    exception_stack ${longText}, tenant_id ${id}, configuration ${json},
    runnable ${int} generated always as (case when retries > 0 and suspended = 0 then 1 end) stored)`)
  // what is due, past any number of jobs that are suspended or have no retries left. Stored: MariaDB's indexes on virtual columns lose
  // rows that are written over
  await run('create index idx_ru_job__due on ru_job (runnable, due_at)')
  await run('create index idx_ru_job__instance on ru_job (instance_id)')
  await run('create index idx_ru_job__job_definition on ru_job (job_definition_id)')
  await run(`create table ru_external_task (
    external_task_id ${id} not null primary key, topic ${text(255)} not null, worker_id ${text(255)}, lock_until ${instant},
    retries ${int}, error_message ${longText}, error_details ${longText}, instance_id ${id} not null, root_id ${id} not null,
    execution_id ${id} not null, activity_id ${id} not null, activity_instance_id ${id} not null, definition_id ${id} not null,
    definition_key ${id} not null, business_key ${text(255)}, tenant_id ${id}, priority ${long} not null, suspended ${bool} not null,
    created_at ${instant} not null,
    fetchable ${int} generated always as (case when suspended = 0 and (retries is null or retries > 0) then 1 end) stored)`)
  // what workers may have, past what is locked, suspended or has no retries left
  await run('create index idx_ru_external_task__topic on ru_external_task (topic, fetchable, lock_until)')
  await run('create index idx_ru_external_task__instance on ru_external_task (instance_id)')
  await run(`create table ru_filter (
    filter_id ${id} not null primary key, resource_type ${id} not null, name ${text(255)} not null, owner ${text(255)}, query ${json},
    properties ${json})`)
}

async function history({ run, types }: MigrationContext) {
  const { id, text, longText, json, int, instant, long, double } = types
  await run(`create table hi_instance (
    instance_id ${id} not null primary key, root_id ${id} not null, super_instance_id ${id}, definition_id ${id} not null,
    definition_key ${id} not null, business_key ${text(255)}, started_at ${instant} not null, ended_at ${instant},
    start_user_id ${text(255)}, start_activity_id ${id}, end_activity_id ${id}, delete_reason ${longText}, state ${id} not null,
    tenant_id ${id}, removal_at ${instant}, restarted_instance_id ${id})`)
  await run('create index idx_hi_instance__root on hi_instance (root_id)')
  await run('create index idx_hi_instance__definition on hi_instance (definition_id)')
  await run('create index idx_hi_instance__business_key on hi_instance (business_key)')
  // roots whose history may go
  await run('create index idx_hi_instance__removal_at on hi_instance (removal_at)')
  // canceled and complete_scope are 0 or 1.
  await run(`create table hi_activity (
    instance_id ${id} not null, activity_instance_id ${id} not null, seq ${int} not null, root_id ${id} not null,
    parent_activity_instance_id ${id}, execution_id ${id}, activity_id ${id} not null, activity_name ${text(255)},
    activity_type ${id} not null, task_id ${id}, assignee ${text(255)}, called_instance_id ${id}, started_at ${instant} not null,
    ended_at ${instant}, canceled ${types.bool} not null, complete_scope ${types.bool} not null, definition_id ${id} not null,
    definition_key ${id} not null, tenant_id ${id}, removal_at ${instant}, primary key (instance_id, activity_instance_id))${types.byKey}`)
  await run(`create table hi_task (
    task_id ${id} not null primary key, instance_id ${id}, root_id ${id}, execution_id ${id}, activity_instance_id ${id},
    definition_id ${id}, definition_key ${id}, task_definition_key ${id}, name ${text(255)}, name_lower ${text(255)},
    description ${longText}, owner ${text(255)}, assignee ${text(255)}, priority ${int} not null, due_at ${instant},
    follow_up_at ${instant}, started_at ${instant} not null, ended_at ${instant}, delete_reason ${longText}, parent_task_id ${id},
    tenant_id ${id}, removal_at ${instant})`)
  await run('create index idx_hi_task__instance on hi_task (instance_id)')
  await run(`create table hi_variable (
    instance_id ${id} not null, variable_id ${id} not null, root_id ${id}, execution_id ${id}, task_id ${id},
    activity_instance_id ${id}, definition_id ${id}, definition_key ${id}, name ${text(255)} not null, type ${id} not null,
    text_value ${text(4000)}, long_value ${long}, double_value ${double}, json_value ${json} not null, revision ${int} not null,
    created_at ${instant} not null, state ${id} not null, tenant_id ${id}, removal_at ${instant}, primary key (instance_id, variable_id))${types.byKey}`)
  // type: variableUpdate or formField (then text_value is the field's value).
  await run(`create table hi_detail (
    instance_id ${id} not null, detail_id ${id} not null, seq ${int} not null, type ${id} not null, root_id ${id}, execution_id ${id},
    task_id ${id}, activity_instance_id ${id}, definition_id ${id}, definition_key ${id}, variable_id ${id}, name ${text(255)} not null,
    variable_type ${id}, revision ${int}, text_value ${text(4000)}, long_value ${long}, double_value ${double}, json_value ${json},
    is_initial ${types.bool} not null, at ${instant} not null, user_operation_id ${id}, tenant_id ${id},
    removal_at ${instant}, primary key (instance_id, detail_id))${types.byKey}`)
}

async function historyOfWork({ run, types }: MigrationContext) {
  const { id, text, longText, json, bytes, int, bool, instant, long, double } = types
  await run(`create table hi_identity_link (
    task_id ${id} not null, log_id ${id} not null, at ${instant} not null, operation ${id} not null, type ${id} not null, user_id ${text(255)},
    group_id ${text(255)}, assigner_id ${text(255)}, root_id ${id}, instance_id ${id}, definition_id ${id}, definition_key ${id},
    tenant_id ${id}, removal_at ${instant}, primary key (task_id, log_id))${types.byKey}`)
  await run(`create table hi_incident (
    incident_id ${id} not null primary key, type ${id} not null, message ${longText}, created_at ${instant} not null,
    ended_at ${instant}, state ${id} not null, instance_id ${id}, root_id ${id}, execution_id ${id}, activity_id ${id},
    failed_activity_id ${id}, definition_id ${id}, definition_key ${id}, cause_incident_id ${id}, root_cause_incident_id ${id},
    configuration ${id}, history_configuration ${id}, job_definition_id ${id}, tenant_id ${id}, annotation ${longText}, removal_at ${instant})`)
  await run('create index idx_hi_incident__instance on hi_incident (instance_id)')
  // event: creation, failure, success, deletion.
  await run(`create table hi_job_log (
    job_id ${id} not null, log_id ${id} not null, at ${instant} not null, event ${id} not null, seq ${int} not null, job_due_at ${instant},
    job_retries ${int} not null, job_priority ${long} not null, job_definition_id ${id}, handler ${id} not null, exception_message ${longText}, exception_stack ${longText}, activity_id ${id}, failed_activity_id ${id},
    execution_id ${id}, instance_id ${id}, root_id ${id}, definition_id ${id}, definition_key ${id}, deployment_id ${id}, tenant_id ${id},
    hostname ${text(255)}, removal_at ${instant}, primary key (job_id, log_id))${types.byKey}`)
  await run('create index idx_hi_job_log__instance on hi_job_log (instance_id)')
  await run(`create table hi_external_task_log (
    external_task_id ${id} not null, log_id ${id} not null, at ${instant} not null, event ${id} not null, seq ${int} not null,
    topic ${text(255)}, worker_id ${text(255)}, priority ${long} not null, retries ${int}, error_message ${longText},
    error_details ${longText}, activity_id ${id}, activity_instance_id ${id}, execution_id ${id}, instance_id ${id}, root_id ${id},
    definition_id ${id}, definition_key ${id}, tenant_id ${id}, removal_at ${instant}, primary key (external_task_id, log_id))${types.byKey}`)
  await run('create index idx_hi_external_task_log__instance on hi_external_task_log (instance_id)')
  await run(`create table hi_decision (
    decision_instance_id ${id} not null primary key, decision_id ${id} not null, decision_key ${id} not null, decision_name ${text(255)},
    at ${instant} not null, removal_at ${instant}, definition_id ${id}, definition_key ${id}, instance_id ${id}, root_id ${id},
    activity_id ${id}, activity_instance_id ${id}, user_id ${text(255)}, collect_value ${double}, root_decision_instance_id ${id},
    requirements_id ${id}, requirements_key ${id}, tenant_id ${id}, seq ${int} not null)`)
  await run('create index idx_hi_decision__instance on hi_decision (instance_id)')
  // direction: input or output. One row each, ordered by position.
  await run(`create table hi_decision_value (
    decision_instance_id ${id} not null, direction ${id} not null, position ${int} not null, value_id ${id} not null, clause_id ${id},
    clause_name ${text(255)}, rule_id ${id}, rule_order ${int}, variable_name ${text(255)}, type ${id} not null, json_value ${json},
    at ${instant} not null, removal_at ${instant}, primary key (decision_instance_id, direction, position))${types.byKey}`)
  await run(`create table hi_comment (
    comment_id ${id} not null primary key, at ${instant} not null, user_id ${text(255)}, task_id ${id}, instance_id ${id}, root_id ${id},
    message ${longText}, tenant_id ${id}, removal_at ${instant})`)
  await run('create index idx_hi_comment__task on hi_comment (task_id)')
  await run('create index idx_hi_comment__instance on hi_comment (instance_id)')
  await run(`create table hi_attachment (
    attachment_id ${id} not null primary key, created_at ${instant} not null, user_id ${text(255)}, task_id ${id}, instance_id ${id},
    root_id ${id}, name ${text(255)}, description ${longText}, type ${text(255)}, url ${longText}, content ${bytes}, has_content ${bool} not null,
    tenant_id ${id}, removal_at ${instant})`)
  await run('create index idx_hi_attachment__task on hi_attachment (task_id)')
  // One row for each property that a user's operation changed; those of one operation share operation_id.
  await run(`create table hi_user_operation (
    entry_id ${id} not null primary key, operation_id ${id} not null, at ${instant} not null, user_id ${text(255)},
    operation_type ${id} not null, entity_type ${id} not null, category ${id} not null, property ${id}, org_value ${longText},
    new_value ${longText}, annotation ${longText}, deployment_id ${id}, definition_id ${id}, definition_key ${id}, instance_id ${id},
    root_id ${id}, execution_id ${id}, task_id ${id}, external_task_id ${id}, batch_id ${id}, job_id ${id}, job_definition_id ${id},
    tenant_id ${id}, removal_at ${instant})`)
  await run('create index idx_hi_user_operation__instance on hi_user_operation (instance_id)')
  await run('create index idx_hi_user_operation__operation on hi_user_operation (operation_id)')
}

async function identity({ run, types }: MigrationContext) {
  const { id, text, int, instant } = types
  await run(`create table id_user (
    user_id ${text(255)} not null primary key, first_name ${text(255)}, last_name ${text(255)}, email ${text(255)}, secret_hash ${text(255)},
    failed_attempts ${int} not null default 0, locked_until ${instant})`)
  await run(`create table id_group (group_id ${text(255)} not null primary key, name ${text(255)}, type ${text(255)})`)
  await run(`create table id_tenant (tenant_id ${id} not null primary key, name ${text(255)})`)
  // kind: user-group, user-tenant, group-tenant.
  await run(`create table id_membership (
    kind ${id} not null, member_id ${text(255)} not null, owner_id ${text(255)} not null, primary key (kind, member_id, owner_id))`)
  // type: 0 for everybody (user_id '*'), 1 grants, 2 revokes. resource_type: Camunda's number. permissions: names, by commas.
  await run(`create table id_authorization (
    authorization_id ${id} not null primary key, type ${int} not null, user_id ${text(255)}, group_id ${text(255)},
    resource_type ${int} not null, resource_id ${text(255)}, permissions ${text(2000)} not null, root_id ${id},
    removal_at ${instant})`)
}
