import type { InstanceCommand } from '../command.ts'
import type { Run } from '../draft/run.ts'
import { failure, Refusal } from '../failure.ts'
import { placeOfScope } from '../flow/place.ts'
import { setVariable } from '../flow/variables.ts'
import { migrateInstance } from '../migration/migrate-instance.ts'
import { validatePlan } from '../migration/validate-plan.ts'

/** Takes a running instance over to another definition: tokens, tasks, jobs and variables stay, what waits is joined anew. */
export function migrate(run: Run, command: Extract<InstanceCommand, { readonly kind: 'migrate' }>): void {
  const instance = run.instance(command.instanceId)
  const target = run.definition({ by: 'id', id: command.targetDefinitionId })
  run.skipListeners = command.skipCustomListeners
  run.skipMappings = command.skipIoMappings
  if (instance.definition.id !== command.sourceDefinitionId) {
    throw new Refusal(failure('invalid-value', { what: 'definition of the instance to migrate', text: instance.definition.id }))
  }
  const reports = validatePlan(instance.definition.model, target.model, command.instructions)
  if (reports.length > 0) throw new Refusal(failure('migration-refused', { reason: 'plan', instructionReports: reports }))
  migrateInstance(instance, target, command.instructions)
  const place = placeOfScope(instance, instance.rootScope)
  for (const [name, value] of Object.entries(command.variables)) setVariable(place, name, value)
}
