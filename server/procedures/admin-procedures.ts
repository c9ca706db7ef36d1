import type { ProcedureEdit, ProcedureFindings, ProcedureList } from '../../contracts/api/admin.ts'
import type { Database } from '../../database/database.ts'
import type { ProcessEngine } from '../../engine/process-engine.ts'
import type { Audit } from '../audit/index.ts'
import type { Forms } from '../forms/index.ts'
import { Refusal } from '../http/problem.ts'
import type { Actor } from '../identity/actor.ts'
import { type Clock, type Organisation, POSITIONS, type PositionKey } from '../organisation/index.ts'
import { type KnownNames, lintProcedure } from './lint-procedure.ts'
import { type ShippedProcedure, type Slots, shippedProcedure, shippedProcedures } from './procedure-file.ts'
import type { Procedures } from './procedures.ts'

export interface AdminDeps {
  readonly database: Database
  readonly engine: ProcessEngine
  readonly organisation: Organisation
  readonly forms: Forms
  readonly audit: Audit
  readonly clock: Clock
  readonly procedures: Procedures
  readonly known: KnownNames
}

/** What an administrator does with procedures: look, change a draft, have it judged, publish it as a new version. */
export interface AdminProcedures {
  list(countyCode: string): Promise<ProcedureList>
  edit(countyCode: string, procedureId: string): Promise<ProcedureEdit>
  saveDraft(actor: Actor, procedureId: string, draft: { xml: string; slots: Slots }): Promise<{ savedAt: number }>
  check(countyCode: string, procedureId: string, draft: { xml: string; slots: Slots }): Promise<ProcedureFindings>
  /** Publishes the draft. Refuses `model-invalid` with the findings while one is of kind law or error. */
  publish(actor: Actor, procedureId: string, note: string): Promise<{ version: number }>
}

export function makeAdminProcedures(deps: AdminDeps): AdminProcedures {
  const { engine, organisation, forms, audit, clock, procedures, known, database } = deps
  const { versions } = procedures

  function shippedOrRefuse(procedureId: string): ShippedProcedure {
    const file = shippedProcedure(procedureId)
    if (!file) throw new Refusal('not-found')
    return file
  }

  async function slotsOf(countyCode: string, file: ShippedProcedure): Promise<Slots> {
    const current = await versions.current(countyCode, file.id)
    return Object.fromEntries(file.slots.map((slot) => [slot.key, current?.slots[slot.key] ?? slot.default ?? null]))
  }

  async function nameOf(countyCode: string, personId: string): Promise<string> {
    return (await organisation.people.personById(countyCode, personId))?.name ?? ''
  }

  const admin: AdminProcedures = {
    async list(countyCode) {
      const rows = await Promise.all(
        shippedProcedures().map(async (file) => {
          const current = await versions.current(countyCode, file.id)
          const running = await engine.instances.list({ definitionKey: file.id, tenantId: countyCode })
          return {
            id: file.id,
            title: file.title,
            version: current?.version ?? 0,
            hasDraft: (await versions.draft(countyCode, file.id)) !== null,
            running: running.filter((instance) => !instance.ended).length,
            publishedAt: current?.publishedAt ?? 0,
          }
        }),
      )
      return { procedures: rows }
    },

    async edit(countyCode, procedureId) {
      const file = shippedOrRefuse(procedureId)
      const current = await versions.current(countyCode, procedureId)
      if (!current) throw new Refusal('not-found')
      const draft = await versions.draft(countyCode, procedureId)
      const history = await versions.history(countyCode, procedureId)
      const positions = await Promise.all(
        (Object.keys(POSITIONS) as PositionKey[]).map(async (key) => ({
          key,
          title: POSITIONS[key].title,
          holders: (await organisation.people.holdersOf(countyCode, key))
            .slice(0, 20)
            .map((holding) => `${holding.personName}（${holding.placeName}）`),
        })),
      )
      const catalogue = await Promise.all(forms.keys().map((key) => forms.rawForm(key, 'latest', countyCode)))
      return {
        id: procedureId,
        title: file.title,
        version: current.version,
        xml: current.xml,
        draftXml: draft?.xml ?? null,
        slots: { ...(await slotsOf(countyCode, file)), ...draft?.slots },
        slotDefinitions: file.slots.map(({ key, title, type, options, basis }) => ({ key, title, type, options, basis })),
        positions,
        forms: catalogue.flatMap((form) => (form ? [{ key: form.key, code: form.code, title: form.title }] : [])),
        versions: await Promise.all(
          history.map(async (one) => ({
            version: one.version,
            publishedAt: one.publishedAt,
            by: await nameOf(countyCode, one.publishedBy),
            note: one.note,
          })),
        ),
      }
    },

    async saveDraft(actor, procedureId, draft) {
      shippedOrRefuse(procedureId)
      const savedAt = clock.now()
      await versions.saveDraft(actor.countyCode, procedureId, { ...draft, savedAt, savedBy: actor.personId })
      return { savedAt }
    },

    async check(countyCode, procedureId, draft) {
      shippedOrRefuse(procedureId)
      return { findings: [...(await lintProcedure({ engine, organisation, versions, known }, countyCode, procedureId, draft))] }
    },

    async publish(actor, procedureId, note) {
      const file = shippedOrRefuse(procedureId)
      const draft = await versions.draft(actor.countyCode, procedureId)
      if (!draft) throw new Refusal('conflict', { detail: 'there is no draft to publish' })
      const findings = await lintProcedure({ engine, organisation, versions, known }, actor.countyCode, procedureId, draft)
      if (findings.some((finding) => finding.kind !== 'warning')) throw new Refusal('model-invalid', { data: { findings } })
      return database.transaction(async () => {
        await procedures.publish(
          actor.countyCode,
          file.package,
          { xml: { [procedureId]: draft.xml }, slots: draft.slots },
          { personId: actor.personId, note },
        )
        await versions.dropDraft(actor.countyCode, procedureId)
        const version = (await versions.current(actor.countyCode, procedureId))?.version ?? 0
        await audit.append(actor, { action: 'procedure.published', subject: `procedure:${procedureId}`, data: { version, note } })
        return { version }
      })
    },
  }
  return admin
}
