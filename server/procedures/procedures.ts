import type { Database } from '../../database/database.ts'
import type { ProcessEngine } from '../../engine/process-engine.ts'
import { Refusal } from '../http/problem.ts'
import type { NewId } from '../new-id.ts'
import type { Clock, Organisation } from '../organisation/index.ts'
import { shippedProcedure, shippedProcedures, slotFault } from './procedure-file.ts'
import { type ProcedureModel, readModel } from './procedure-model.ts'
import { makePublishPackage } from './publish.ts'
import { makeVersionStore, type ProcedureVersion, type VersionStore } from './version-store.ts'

/** A published version with its model read. */
export interface OpenProcedure {
  readonly version: ProcedureVersion
  readonly model: ProcedureModel
  readonly title: string
}

export interface ProcedureDeps {
  readonly database: Database
  readonly engine: ProcessEngine
  readonly organisation: Organisation
  readonly clock: Clock
  readonly newId: NewId
}

/** Procedures of the counties: what is in force, by which version an instance runs, publishing, and the county's slots. */
export interface Procedures {
  /** The version by which instances of this definition run; null for a definition that is no procedure of ours. */
  byDefinition(definitionId: string): Promise<OpenProcedure | null>
  /** In force for new starts; `not-found` when this county has none. */
  current(countyCode: string, procedureId: string): Promise<OpenProcedure>
  /** Deploys every shipped package that this county does not have yet. Safe to call again. */
  installShipped(countyCode: string, personId: string): Promise<void>
  /** Publishes with other models or slots; the findings of the lint are the caller's business. */
  publish(
    countyCode: string,
    packageId: string,
    change: { xml?: Readonly<Record<string, string>>; slots?: Readonly<Record<string, unknown>> },
    by: { personId: string; note: string },
  ): Promise<void>
  /** Sets one slot of the county: a new version of the package that declares it. `not-found`, `invalid-request`. */
  configure(countyCode: string, slot: string, value: unknown, by: { personId: string; note: string }): Promise<void>
  readonly versions: VersionStore
}

export function makeProcedures(deps: ProcedureDeps): Procedures {
  const versions = makeVersionStore(deps)
  const publish = makePublishPackage({ ...deps, versions })
  const open = async (version: ProcedureVersion): Promise<OpenProcedure> => ({
    version,
    model: await readModel(version.xml),
    title: shippedProcedure(version.procedureId)?.title ?? version.procedureId,
  })
  return {
    versions,
    publish,

    async byDefinition(definitionId) {
      const version = await versions.byDefinition(definitionId)
      return version ? open(version) : null
    },

    async current(countyCode, procedureId) {
      const version = await versions.current(countyCode, procedureId)
      if (!version) throw new Refusal('not-found')
      return open(version)
    },

    async installShipped(countyCode, personId) {
      for (const packageId of new Set(shippedProcedures().map((procedure) => procedure.package))) {
        if ((await versions.currentPackage(countyCode, packageId)).length > 0) continue
        await publish(countyCode, packageId, {}, { personId, note: '随系统提供' })
      }
    },

    async configure(countyCode, slot, value, by) {
      const owner = shippedProcedures().find((procedure) => procedure.slots.some((definition) => definition.key === slot))
      const definition = owner?.slots.find((entry) => entry.key === slot)
      if (!owner || !definition) throw new Refusal('not-found', { detail: `no slot ${slot}` })
      const fault = slotFault(definition, value)
      if (fault) throw new Refusal('invalid-request', { errors: [{ field: slot, code: 'slot', message: fault }] })
      await publish(countyCode, owner.package, { slots: { [slot]: value } }, by)
    },
  }
}
