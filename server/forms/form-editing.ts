import type { FormDefinition, FormSchema } from '../../contracts/form-definition.ts'
import { type FormFinding, formDifferences, lintForm, narrowSchema } from '../../contracts/form-rules/index.ts'
import type { Database } from '../../database/database.ts'
import type { Audit } from '../audit/index.ts'
import { Refusal } from '../http/problem.ts'
import type { Actor } from '../identity/actor.ts'
import type { FormStore } from './form-store.ts'
import { type FormUser, fieldsReadOf, usersOf } from './form-usage.ts'
import { schemaHash } from './resources.ts'

export interface FormEditing {
  list(
    countyCode: string,
  ): Promise<{ key: string; code: string; title: string; version: number; hasDraft: boolean; usedBy: string[]; publishedAt: number }[]>
  open(countyCode: string, key: string): Promise<OpenForEdit>
  /** Saves a draft within the allow-list; anything else is refused with its place. */
  saveDraft(
    actor: Actor,
    key: string,
    draft: { title: string; schema: unknown; revision: number },
  ): Promise<{ revision: number; savedAt: number }>
  dropDraft(actor: Actor, key: string): Promise<void>
  check(countyCode: string, key: string, schema: unknown): Promise<{ findings: FormFinding[]; differences: string[] }>
  /** Makes the draft the next version: immutable, hashed, in force for what starts from now on. */
  publish(actor: Actor, key: string, note: string, revision: number): Promise<{ version: number; publishedAt: number }>
}

export interface OpenForEdit {
  published: FormDefinition
  draft: { title: string; schema: FormSchema } | null
  versions: { version: number; publishedAt: number; by: string; note: string }[]
  fieldsReadByProcedures: string[]
  revision: number
  draftSavedAt: number | null
  draftSavedBy: string | null
  resources: unknown
}

export interface FormEditingDeps {
  readonly database: Database
  readonly store: FormStore
  readonly clock: { now(): number }
  readonly audit: Audit
  /** Procedures in force in a county. */
  readonly users: (countyCode: string) => Promise<readonly FormUser[]>
  readonly namesOf: (countyCode: string, personIds: readonly string[]) => Promise<ReadonlyMap<string, string>>
}

interface DraftRow {
  title: string
  schema_json: string
  revision: number
  saved_by: string
  saved_at: number
}

export function makeFormEditing({ database, store, clock, audit, users, namesOf }: FormEditingDeps): FormEditing {
  /** SQLite runs one transaction after the other. */
  const lock = database.dialect === 'sqlite' ? '' : ' for update'
  const published = async (countyCode: string, key: string): Promise<FormDefinition> => {
    const form = await store.rawForm(key, 'latest', countyCode)
    if (!form) throw new Refusal('not-found', { detail: `no form ${key}` })
    return form
  }
  const draftOf = async (countyCode: string, key: string): Promise<DraftRow | undefined> => {
    const rows = await database.query<DraftRow>(
      'select title, schema_json, revision, saved_by, saved_at from form_draft where county_code = ? and form_key = ? limit 1',
      [countyCode, key],
    )
    return rows[0]
  }
  const judge = async (countyCode: string, key: string, schema: unknown) => {
    const form = await published(countyCode, key)
    const findings = lintForm(schema, {
      resources: await store.resources(countyCode),
      previous: form.schema,
      readByProcedures: fieldsReadOf(form, await users(countyCode)),
    })
    const narrowed = narrowSchema(schema)
    return { form, findings, narrowed, differences: narrowed.ok ? formDifferences(form.schema, narrowed.schema) : [] }
  }

  return {
    async list(countyCode) {
      const [versions, all, drafts, times] = await Promise.all([
        store.latestVersions(countyCode),
        users(countyCode),
        database.query<{ form_key: string }>('select form_key from form_draft where county_code = ? limit 1000', [countyCode]),
        database.query<{ form_key: string; published_at: number }>(
          'select form_key, max(published_at) as published_at from form_version where county_code = ? group by form_key limit 1000',
          [countyCode],
        ),
      ])
      const drafted = new Set(drafts.map((row) => row.form_key))
      const at = new Map(times.map((row) => [row.form_key, Number(row.published_at)]))
      const forms = await Promise.all(store.keys().map((key) => published(countyCode, key)))
      return forms
        .map((form) => ({
          key: form.key,
          code: form.code,
          title: form.title,
          version: versions[form.key] ?? form.version,
          hasDraft: drafted.has(form.key),
          usedBy: usersOf(form.key, all),
          publishedAt: at.get(form.key) ?? 0,
        }))
        .sort((a, b) => a.code.localeCompare(b.code, 'en', { numeric: true }))
    },

    async open(countyCode, key) {
      const form = await published(countyCode, key)
      const draft = await draftOf(countyCode, key)
      const rows = await database.query<{ version: number; published_at: number; published_by: string; note: string }>(
        'select version, published_at, published_by, note from form_version where county_code = ? and form_key = ? order by version desc limit 100',
        [countyCode, key],
      )
      const names = await namesOf(countyCode, [...new Set([...rows.map((row) => row.published_by), ...(draft ? [draft.saved_by] : [])])])
      const narrowed = draft ? narrowSchema(JSON.parse(draft.schema_json)) : null
      return {
        published: form,
        draft: draft && narrowed?.ok ? { title: draft.title, schema: narrowed.schema } : null,
        versions: [
          ...rows.map((row) => ({
            version: Number(row.version),
            publishedAt: Number(row.published_at),
            by: names.get(row.published_by) ?? '',
            note: row.note,
          })),
          { version: store.shippedVersion(key), publishedAt: 0, by: '', note: '随系统提供' },
        ],
        fieldsReadByProcedures: fieldsReadOf(form, await users(countyCode)),
        revision: draft ? Number(draft.revision) : 0,
        draftSavedAt: draft ? Number(draft.saved_at) : null,
        draftSavedBy: draft ? (names.get(draft.saved_by) ?? '') : null,
        resources: await store.resources(countyCode),
      }
    },

    async saveDraft(actor, key, { title, schema, revision }) {
      await published(actor.countyCode, key)
      const narrowed = narrowSchema(schema)
      if (!narrowed.ok)
        throw new Refusal('form-invalid', {
          errors: narrowed.problems.map((problem) => ({ field: problem.path, code: 'not-allowed', message: problem.message })),
        })
      const at = clock.now()
      return database.transaction(async (tx) => {
        const place = [actor.countyCode, key]
        const [row] = await tx.query<{ revision: number }>(
          `select revision from form_draft where county_code = ? and form_key = ? limit 1${lock}`,
          place,
        )
        if ((row ? Number(row.revision) : 0) !== revision)
          throw new Refusal('conflict', { data: { revision: row ? Number(row.revision) : 0 } })
        await tx.query('delete from form_draft where county_code = ? and form_key = ?', place)
        await tx.query(
          'insert into form_draft (county_code, form_key, title, schema_json, revision, saved_by, saved_at) values (?, ?, ?, ?, ?, ?, ?)',
          [...place, title, JSON.stringify(narrowed.schema), revision + 1, actor.personId, at],
        )
        return { revision: revision + 1, savedAt: at }
      })
    },

    async dropDraft(actor, key) {
      await database.transaction((tx) => tx.query('delete from form_draft where county_code = ? and form_key = ?', [actor.countyCode, key]))
    },

    async check(countyCode, key, schema) {
      const { findings, differences } = await judge(countyCode, key, schema)
      return { findings, differences }
    },

    async publish(actor, key, note, revision) {
      const { countyCode } = actor
      const draft = await draftOf(countyCode, key)
      if (!draft) throw new Refusal('not-found', { detail: `no draft of ${key}` })
      if (Number(draft.revision) !== revision) throw new Refusal('conflict', { data: { revision: Number(draft.revision) } })
      const { form, findings, narrowed, differences } = await judge(countyCode, key, JSON.parse(draft.schema_json))
      const errors = findings.filter((finding) => finding.severity === 'error')
      if (errors.length > 0 || !narrowed.ok)
        throw new Refusal('form-invalid', {
          errors: errors.map((finding) => ({ field: finding.fieldId ?? '', code: 'lint', message: finding.message })),
        })
      const at = clock.now()
      const version = form.version + 1
      const hash = schemaHash(narrowed.schema)
      await database.transaction(async (tx) => {
        // The key of the table lets only one of two that publish at once through.
        await tx.query(
          'insert into form_version (county_code, form_key, version, title, schema_json, hash, note, published_by, published_at) values (?, ?, ?, ?, ?, ?, ?, ?, ?)',
          [countyCode, key, version, draft.title, JSON.stringify(narrowed.schema), hash, note, actor.personId, at],
        )
        await tx.query('delete from form_draft where county_code = ? and form_key = ?', [countyCode, key])
        await audit.append(actor, { action: 'form.published', subject: `form:${key}`, data: { version, hash, note, differences } })
      })
      return { version, publishedAt: at }
    },
  }
}
