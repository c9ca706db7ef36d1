import type { Database } from '../../database/database.ts'
import { write } from '../write.ts'
import type { Slots } from './procedure-file.ts'

/** A published procedure: one model of one package version. */
export interface ProcedureVersion {
  readonly definitionId: string
  readonly packageVersionId: string
  readonly countyCode: string
  readonly packageId: string
  readonly packageVersion: number
  readonly procedureId: string
  /** Counts the changes of this procedure, not of its package. */
  readonly version: number
  readonly xml: string
  readonly slots: Slots
  readonly note: string
  readonly publishedAt: number
  readonly publishedBy: string
}

interface Row {
  definition_id: string
  package_version_id: string
  county_code: string
  package_id: string
  package_version: number
  procedure_id: string
  version: number
  xml: string
  slots: string
  note: string
  published_at: number
  published_by: string
}

const COLUMNS = `d.definition_id, d.package_version_id, d.county_code, p.package_id, p.version as package_version, d.procedure_id, d.version, d.xml,
  p.slots, p.note, p.published_at, p.published_by
  from procedure_definition d
  join procedure_package p on p.package_version_id = d.package_version_id`

const versionOf = (row: Row): ProcedureVersion => ({
  definitionId: row.definition_id,
  packageVersionId: row.package_version_id,
  countyCode: row.county_code,
  packageId: row.package_id,
  packageVersion: Number(row.package_version),
  procedureId: row.procedure_id,
  version: Number(row.version),
  xml: row.xml,
  slots: JSON.parse(row.slots),
  note: row.note,
  publishedAt: Number(row.published_at),
  publishedBy: row.published_by,
})

export interface PackageVersion {
  readonly id: string
  readonly countyCode: string
  readonly packageId: string
  readonly version: number
  readonly deploymentId: string
  readonly slots: Slots
  readonly note: string
  readonly publishedAt: number
  readonly publishedBy: string
  readonly procedures: readonly {
    readonly procedureId: string
    readonly definitionId: string
    readonly version: number
    readonly xml: string
  }[]
}

/** Published versions of procedures, and the drafts of those to come. */
export interface VersionStore {
  add(version: PackageVersion): Promise<void>
  byDefinition(definitionId: string): Promise<ProcedureVersion | null>
  current(countyCode: string, procedureId: string): Promise<ProcedureVersion | null>
  currentPackage(countyCode: string, packageId: string): Promise<readonly ProcedureVersion[]>
  /** Newest first; a version of the package that did not change this procedure is left out. */
  history(countyCode: string, procedureId: string): Promise<readonly ProcedureVersion[]>
  draft(countyCode: string, procedureId: string): Promise<{ xml: string; slots: Slots; savedAt: number; savedBy: string } | null>
  saveDraft(countyCode: string, procedureId: string, draft: { xml: string; slots: Slots; savedAt: number; savedBy: string }): Promise<void>
  dropDraft(countyCode: string, procedureId: string): Promise<void>
}

export function makeVersionStore({ database }: { database: Database }): VersionStore {
  /** Definitions never change, so what was read once stays true. */
  const known = new Map<string, ProcedureVersion>()
  const currentPackage = async (countyCode: string, packageId: string) => {
    const rows = await database.query<Row>(
      `select ${COLUMNS} where d.county_code = ? and p.package_id = ? and p.version = (select max(version) from procedure_package where county_code = ? and package_id = ?) limit 100`,
      [countyCode, packageId, countyCode, packageId],
    )
    return rows.map(versionOf)
  }
  return {
    add: (version) =>
      database.transaction(async (tx) => {
        await tx.query(
          'insert into procedure_package (package_version_id, county_code, package_id, version, deployment_id, slots, note, published_at, published_by) values (?, ?, ?, ?, ?, ?, ?, ?, ?)',
          [
            version.id,
            version.countyCode,
            version.packageId,
            version.version,
            version.deploymentId,
            JSON.stringify(version.slots),
            version.note,
            version.publishedAt,
            version.publishedBy,
          ],
        )
        for (const procedure of version.procedures)
          await tx.query(
            'insert into procedure_definition (definition_id, package_version_id, county_code, procedure_id, version, xml) values (?, ?, ?, ?, ?, ?)',
            [procedure.definitionId, version.id, version.countyCode, procedure.procedureId, procedure.version, procedure.xml],
          )
      }),

    async byDefinition(definitionId) {
      const before = known.get(definitionId)
      if (before) return before
      const [row] = await database.query<Row>(`select ${COLUMNS} where d.definition_id = ? limit 1`, [definitionId])
      if (!row) return null
      const version = versionOf(row)
      known.set(definitionId, version)
      return version
    },

    async current(countyCode, procedureId) {
      const [row] = await database.query<Row>(
        `select ${COLUMNS} where d.county_code = ? and d.procedure_id = ? order by p.version desc limit 1`,
        [countyCode, procedureId],
      )
      return row ? versionOf(row) : null
    },

    currentPackage,

    async history(countyCode, procedureId) {
      const rows = await database.query<Row>(
        `select ${COLUMNS} where d.county_code = ? and d.procedure_id = ? order by p.version limit 500`,
        [countyCode, procedureId],
      )
      const changes = rows.map(versionOf).filter((version, index, all) => version.version !== all[index - 1]?.version)
      return changes.reverse()
    },

    async draft(countyCode, procedureId) {
      const [row] = await database.query<{ xml: string; slots: string; saved_at: number; saved_by: string }>(
        'select xml, slots, saved_at, saved_by from procedure_draft where county_code = ? and procedure_id = ? limit 1',
        [countyCode, procedureId],
      )
      return row ? { xml: row.xml, slots: JSON.parse(row.slots), savedAt: Number(row.saved_at), savedBy: row.saved_by } : null
    },

    saveDraft: (countyCode, procedureId, draft) =>
      database.transaction(async (tx) => {
        await tx.query('delete from procedure_draft where county_code = ? and procedure_id = ?', [countyCode, procedureId])
        await tx.query(
          'insert into procedure_draft (county_code, procedure_id, xml, slots, saved_at, saved_by) values (?, ?, ?, ?, ?, ?)',
          [countyCode, procedureId, draft.xml, JSON.stringify(draft.slots), draft.savedAt, draft.savedBy],
        )
      }),

    async dropDraft(countyCode, procedureId) {
      await write(database, 'delete from procedure_draft where county_code = ? and procedure_id = ?', [countyCode, procedureId])
    },
  }
}
