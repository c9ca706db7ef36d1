import { evaluateText } from '../../core/expression/index.ts'
import { type FormFields, noFormFields } from '../../core/model/form-fields.ts'
import type { FormRef, StartForm } from '../../core/model/node.ts'
import type { Variables } from '../../core/value.ts'
import type { DefinitionRow } from '../../runtime/definition-store.ts'
import { bodyOf, type Call, content, json, param, textOf } from '../http/call.ts'
import { type Operation, operation } from '../http/operation.ts'
import { notFound, Problem, wrapAll } from '../problem.ts'
import { findDefinition, type Selector, selectors } from '../process-definition/find-definition.ts'
import { start } from '../process-definition/start.ts'
import { complete } from '../task/complete.ts'
import { findTask, taskVariables } from '../task/read-task.ts'
import { isStandalone } from '../task/standalone-task.ts'
import { variablesOf } from '../task/standalone-variables.ts'
import { readVariables, variablesOut } from '../variable.ts'
import { deployedForm } from './deployed-form.ts'
import { recordFormFields } from './form-history.ts'
import { renderedForm } from './rendered-form.ts'
import { formVariables, initialValue, submittedVariables } from './submit.ts'

/** Camunda's and Operaton's name of the same. */
const formRefs = <T>(ref: T) => ({ camundaFormRef: ref, operatonFormRef: ref })

export const formOperations: readonly Operation[] = [
  ...selectors.flatMap(({ selector, prefix }) => startFormOperations(selector, prefix('process-definition'))),
  operation('GET', '/task/:id/form', 'The form of a task', async (call) => {
    const row = await taskRow(call)
    const { fields } = await taskForm(call)
    const generated = fields.length > 0 && row.form_key === null && row.form_ref === null
    return json({
      key: generated ? `embedded:engine://engine/:engine/task/${param(call, 'id')}/rendered-form` : row.form_key,
      ...formRefs(row.form_ref === null ? null : refOf(row)),
      contextPath: null,
    })
  }),
  operation(
    'GET',
    '/task/:id/deployed-form',
    'The deployed form of a task',
    async (call) => {
      const row = await taskRow(call)
      const definition = row.definition_id === null ? null : await call.runtime.definitionRow(row.definition_id)
      if (!definition) throw notFound(`Task ${param(call, 'id')} has no deployed form`)
      return deployedForm(call, {
        deploymentId: definition.deploymentId,
        tenantId: definition.tenantId,
        formKey: row.form_key,
        formRef: row.form_ref === null ? null : refOf(row),
      })
    },
    { binary: true },
  ),
  operation(
    'GET',
    '/task/:id/rendered-form',
    'The form of a task as HTML, made from its fields',
    async (call) => {
      const id = param(call, 'id')
      const [row] = await call.run.query<TaskRow>('select form_key, definition_id from ru_task where task_id = ?', [id])
      if (!row) throw new Problem(500, 'NullValueException', `Task '${id}' not found: task is null`)
      if (row.definition_id === null) throw new Problem(500, 'NullValueException', `Task form definition for '${id}' not found`)
      const form = await taskForm(call)
      if (row.form_key !== null || form.fields.length === 0) throw notFound(`No matching rendered form for task with the id ${id} found.`)
      return rendered(call, form, await visibleOf(call))
    },
    { produces: 'application/xhtml+xml' },
  ),
  operation('GET', '/task/:id/form-variables', 'The variables of a task form', async (call) => {
    const [known] = await call.run.query('select task_id from ru_task where task_id = ?', [param(call, 'id')])
    if (!known) throw new Problem(400, 'BadUserRequestException', `Cannot find task with id ${param(call, 'id')}`)
    const visible = await visibleOf(call)
    return json(chosen(call, { ...visible, ...formVariables(call, await taskForm(call), visible) }))
  }),
  operation(
    'POST',
    '/task/:id/submit-form',
    'Submits a task form and completes the task',
    async (call) => {
      const { variables } = readVariables(bodyOf(call).variables)
      const form = await taskForm(call)
      const { instance_id: instanceId } = await taskRow(call)
      const values = form.fields.length === 0 ? variables : submittedVariables(call, form, variables, await visibleOf(call))
      const answer = await complete(call, param(call, 'id'), values)
      if (instanceId !== null) await recordFormFields(call, { instanceId, taskId: param(call, 'id') }, variables)
      return answer
    },
    { wrapping: wrapAll(500) },
  ),
]

function startFormOperations(selector: Selector, prefix: string): readonly Operation[] {
  const find = async (
    call: Call,
  ): Promise<{ readonly row: DefinitionRow; readonly form: StartForm | null; readonly fields: FormFields }> => {
    const row = await findDefinition(call, selector)
    const model = (await call.runtime.definitions.get(call.run.query, row.id, false))?.definition.model
    const node = model?.root.children.find(({ behavior }) => behavior.kind === 'startEvent')
    return { row, form: node?.behavior.kind === 'startEvent' ? node.behavior.form : null, fields: node?.formFields ?? noFormFields }
  }
  return [
    operation('GET', `${prefix}/startForm`, 'The start form of a definition', async (call) => {
      const { row, form, fields } = await find(call)
      const ref = form?.formRef ? startRef(call, form.formRef) : null
      const generated = fields.fields.length > 0 && !form?.formKey && !ref
      return json({
        key: generated ? `embedded:engine://engine/:engine/process-definition/${row.id}/rendered-form` : (form?.formKey ?? null),
        ...formRefs(ref),
        contextPath: null,
      })
    }),
    operation(
      'GET',
      `${prefix}/deployed-start-form`,
      'The deployed start form of a definition',
      async (call) => {
        const { row, form } = await find(call)
        return deployedForm(call, {
          deploymentId: row.deploymentId,
          tenantId: row.tenantId,
          formKey: form?.formKey ?? null,
          formRef: form?.formRef ? startRef(call, form.formRef) : null,
        })
      },
      { binary: true },
    ),
    operation(
      'GET',
      `${prefix}/rendered-form`,
      'The start form of a definition as HTML, made from its fields',
      async (call) => {
        const { row, form, fields } = await find(call).catch((error: unknown) => {
          if (error instanceof Problem && selector === 'id') throw new Problem(400, 'NotFoundException', error.message, { code: 0 })
          throw error
        })
        if (form?.formKey || fields.fields.length === 0)
          throw notFound(`No matching rendered start form for process definition with the id ${row.id} found.`)
        return rendered(call, fields, {})
      },
      { produces: 'application/xhtml+xml' },
    ),
    operation('GET', `${prefix}/form-variables`, 'The variables of a start form', async (call) => {
      const { fields } = await find(call)
      return json(chosen(call, formVariables(call, fields, {})))
    }),
    operation(
      'POST',
      `${prefix}/submit-form`,
      'Submits a start form and starts an instance',
      async (call) => {
        const { row, fields } = await find(call).catch((error: unknown) => {
          // By id Camunda stumbles over it; by key it says that there is none.
          if (error instanceof Problem && selector === 'id') throw new Problem(500, 'RestException', error.message)
          throw error
        })
        const { variables } = readVariables(bodyOf(call).variables)
        const submitted = submittedVariables(call, fields, variables, {})
        const key = fields.businessKeyField === null ? undefined : submitted[fields.businessKeyField]
        const businessKey = textOf(bodyOf(call), 'businessKey') ?? (key && key.v !== null ? String(key.v) : null)
        const answer = await start(call, row.id, { variables: submitted, businessKey })
        await recordFormFields(call, { instanceId: String((answer.json as { readonly id: unknown }).id), taskId: null }, variables)
        return answer
      },
      { wrapping: wrapAll(500) },
    ),
  ]
}

interface TaskRow {
  readonly definition_id: string | null
  readonly instance_id: string | null
  readonly form_key: string | null
  readonly form_ref: string | null
  readonly form_ref_binding: string | null
  readonly form_ref_version: string | number | null
}

async function taskRow(call: Call): Promise<TaskRow> {
  const [row] = await call.run.query<TaskRow>(
    'select definition_id, instance_id, form_key, form_ref, form_ref_binding, form_ref_version from ru_task where task_id = ?',
    [param(call, 'id')],
  )
  if (!row) throw new Problem(400, 'RestException', `Cannot find task with id ${param(call, 'id')}`)
  return row
}

const refOf = (row: TaskRow) => ({
  key: row.form_ref ?? '',
  binding: (row.form_ref_binding ?? 'latest') as FormRef['binding'],
  version: row.form_ref_version === null ? null : Number(row.form_ref_version),
})

/** References of start forms are evaluated before there is an instance. */
function startRef(call: Call, ref: FormRef) {
  const evaluate = (text: string): string => {
    const result = evaluateText(text, { now: call.run.now, zone: call.runtime.context.settings.zone, resolve: () => undefined })
    return result.ok ? String(result.value.v) : text
  }
  return { key: evaluate(ref.key.text), binding: ref.binding, version: ref.version ? Number(evaluate(ref.version.text)) : null }
}

async function taskForm(call: Call): Promise<FormFields> {
  const taskId = param(call, 'id')
  if (await isStandalone(call, taskId)) return noFormFields
  const { task, instance } = await findTask(call, taskId)
  const found = await call.runtime.definitions.get(call.run.query, instance.definitionId, false)
  return found?.definition.model.nodes.get(task.node)?.formFields ?? noFormFields
}

async function visibleOf(call: Call): Promise<Variables> {
  const taskId = param(call, 'id')
  return (await isStandalone(call, taskId)) ? variablesOf(call, taskId) : taskVariables(await findTask(call, taskId))
}

function rendered(call: Call, { fields }: FormFields, visible: Variables) {
  const html = renderedForm(fields, (field) => initialValue(call, field, visible))
  return content(new TextEncoder().encode(html), 'application/xhtml+xml')
}

/** `variableNames` limits the answer. */
function chosen(call: Call, variables: Variables) {
  const names = call.query.get('variableNames')?.split(',')
  const wanted = names ? Object.fromEntries(Object.entries(variables).filter(([name]) => names.includes(name))) : variables
  return variablesOut(wanted, call.query.get('deserializeValues') !== 'false')
}
