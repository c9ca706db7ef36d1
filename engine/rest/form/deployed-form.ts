import type { FormRef } from '../../core/model/node.ts'
import { contentTypeOf } from '../deployment/content-type.ts'
import { type Answer, type Call, content } from '../http/call.ts'
import { invalidRequest, notFound } from '../problem.ts'

/** Where a form is found: a key that points into the deployment, or a reference to a form definition by its id. */
export interface FormPlace {
  readonly deploymentId: string
  readonly tenantId: string | null
  readonly formKey: string | null
  readonly formRef: { readonly key: string; readonly binding: FormRef['binding']; readonly version: number | null } | null
}

export async function deployedForm(call: Call, place: FormPlace): Promise<Answer> {
  if (place.formRef) return byReference(call, place, place.formRef)
  const path = /^(?:embedded:|camunda-forms:)?deployment:(.+)$/.exec(place.formKey ?? '')?.[1]
  if (place.formKey === null) throw invalidRequest("One of the attributes 'formKey' and 'formRef' must be supplied but none were set.")
  if (path === undefined) throw invalidRequest(`The form with key '${place.formKey}' is not a deployed form`)
  const resource = await call.runtime.context.definitionStore.resource(call.run.query, place.deploymentId, path)
  if (!resource) throw notFound(`The form with the resource name '${path}' cannot be found in deployment with id ${place.deploymentId}`)
  return content(resource.content, contentTypeOf(path))
}

interface Candidate {
  readonly deployment_id: string
  readonly content: Uint8Array
}

/** Form definitions are JSON files with an id; each deployment of one is a new version of it. */
async function byReference(call: Call, place: FormPlace, ref: NonNullable<FormPlace['formRef']>): Promise<Answer> {
  const rows = await call.run.query<Candidate>(
    `select r.deployment_id, r.content from re_resource r join re_deployment d on d.deployment_id = r.deployment_id
     where r.name like '%.form' and ${place.tenantId === null ? 'd.tenant_id is null' : 'd.tenant_id = ?'} order by d.deployed_at, d.deployment_id, r.seq`,
    place.tenantId === null ? [] : [place.tenantId],
  )
  const versions = rows.filter((row) => idOf(row.content) === ref.key)
  const found =
    ref.binding === 'deployment'
      ? versions.find((row) => row.deployment_id === place.deploymentId)
      : ref.binding === 'version'
        ? versions[(ref.version ?? 0) - 1]
        : versions.at(-1)
  if (!found) throw notFound(`No form definition with key '${ref.key}' was found for binding '${ref.binding}'`)
  return content(found.content, 'application/json')
}

function idOf(bytes: Uint8Array): unknown {
  try {
    return (JSON.parse(new TextDecoder().decode(bytes)) as { readonly id?: unknown }).id
  } catch {
    return undefined // a file with this ending that is no form definition
  }
}
