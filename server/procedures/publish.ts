import type { Database } from '../../database/database.ts'
import type { ProcessEngine, Resource } from '../../engine/process-engine.ts'
import type { NewId } from '../new-id.ts'
import type { Clock } from '../organisation/index.ts'
import { defaultSlots, type Slots, shippedProcedures } from './procedure-file.ts'
import type { ProcedureVersion, VersionStore } from './version-store.ts'

/** What is to change in a package: models by procedure, slots by key. */
export interface PackageChange {
  readonly xml?: Readonly<Record<string, string>>
  readonly slots?: Slots
}

/** The files of a package with a change applied: the models as they stand in this county, else as they ship, and the decisions. */
export function packageResources(
  packageId: string,
  current: readonly ProcedureVersion[],
  change: PackageChange,
): { readonly models: ReadonlyMap<string, string>; readonly resources: readonly Resource[] } {
  const members = shippedProcedures().filter((procedure) => procedure.package === packageId)
  const models = new Map(
    members.map((procedure) => [
      procedure.id,
      change.xml?.[procedure.id] ?? current.find((version) => version.procedureId === procedure.id)?.xml ?? procedure.xml,
    ]),
  )
  const bpmn = [...models].map(([id, content]) => ({ name: `${id}.bpmn`, content }))
  return { models, resources: [...bpmn, ...members.flatMap((procedure) => procedure.dmn)] }
}

/**
 * Publishes a new version of a package: one deployment with all its models, so that what it calls stays together
 * (`calledElementBinding="deployment"`). Running instances keep the definitions with which they began. Refuses with the engine's
 * `parse-failed` when a model does not compile; nothing is stored then.
 */
export function makePublishPackage({
  database,
  engine,
  versions,
  clock,
  newId,
}: {
  database: Database
  engine: ProcessEngine
  versions: VersionStore
  clock: Clock
  newId: NewId
}) {
  return (countyCode: string, packageId: string, change: PackageChange, by: { personId: string; note: string }): Promise<void> =>
    database.transaction(async (tx) => {
      const current = await versions.currentPackage(countyCode, packageId)
      const { models, resources } = packageResources(packageId, current, change)
      const before = current[0]
      const slots = { ...defaultSlots(packageId), ...before?.slots, ...change.slots }
      const version = (before?.packageVersion ?? 0) + 1
      const deployment = await engine.deployments.create(
        { name: `${packageId} v${version}`, source: 'bihuan', tenantId: countyCode, resources },
        tx,
      )
      const definitionOf = (procedureId: string) => {
        const found = deployment.definitions.find((definition) => definition.key === procedureId)
        if (!found) throw new Error(`the deployment of ${packageId} has no process ${procedureId}`)
        return found.id
      }
      await versions.add({
        id: newId(),
        countyCode,
        packageId,
        version,
        deploymentId: deployment.id,
        slots,
        note: by.note,
        publishedAt: clock.now(),
        publishedBy: by.personId,
        procedures: [...models].map(([procedureId, xml]) => {
          const previous = current.find((entry) => entry.procedureId === procedureId)
          return {
            procedureId,
            xml,
            definitionId: definitionOf(procedureId),
            version: previous ? previous.version + (changed(procedureId, xml, slots, previous) ? 1 : 0) : 1,
          }
        }),
      })
    })
}

function changed(procedureId: string, xml: string, slots: Slots, previous: ProcedureVersion): boolean {
  if (previous.xml !== xml) return true
  const own = shippedProcedures().find((procedure) => procedure.id === procedureId)?.slots ?? []
  return own.some((slot) => JSON.stringify(slots[slot.key]) !== JSON.stringify(previous.slots[slot.key]))
}
