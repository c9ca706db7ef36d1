import { createHash } from 'node:crypto'
import { readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { z } from 'zod'
import type { FormDefinition, FormResources } from '../../contracts/form-definition.ts'
import { narrowSchema } from '../../contracts/form-rules/index.ts'

/** The shipped forms (forms/base), sheets (forms/sheets) and options (forms/criteria, forms/categories), read once at the start. */
export interface ShippedForms {
  readonly forms: ReadonlyMap<string, FormDefinition>
  readonly sheets: FormResources['sheets']
  readonly catalogs: FormResources['catalogs']
}

const baseFile = z.strictObject({
  key: z.string(),
  code: z.string(),
  title: z.string(),
  version: z.number().int().min(1),
  schemaVersion: z.literal(1),
  status: z.literal('published'),
  basis: z.array(z.strictObject({ law: z.string(), text: z.string() })),
  schema: z.unknown(),
})
const sheetFile = z.strictObject({
  industry: z.string(),
  title: z.string(),
  lines: z.array(z.strictObject({ lineId: z.string(), section: z.string(), item: z.string(), basis: z.string() })),
})
const catalogFile = z.strictObject({
  title: z.string(),
  source: z.string(),
  options: z.array(z.strictObject({ value: z.string(), label: z.string(), description: z.string().optional() })),
})

/** Reads and checks everything below `directory`. Throws with the file's name when one of them is not as it must be. */
export function readShippedForms(directory: string): ShippedForms {
  const forms = new Map<string, FormDefinition>()
  for (const [name, content] of jsonFiles(join(directory, 'base'))) {
    const file = baseFile.parse(content)
    const narrowed = narrowSchema(file.schema)
    if (!narrowed.ok)
      throw new Error(`forms/base/${name}.json: ${narrowed.problems.map((each) => `${each.path}: ${each.message}`).join('; ')}`)
    forms.set(file.key, { ...file, schema: narrowed.schema, hash: schemaHash(narrowed.schema) })
  }
  const sheets = Object.fromEntries(jsonFiles(join(directory, 'sheets')).map(([name, content]) => [name, sheetFile.parse(content).lines]))
  const catalogs = Object.fromEntries(
    ['criteria', 'categories'].flatMap((folder) =>
      jsonFiles(join(directory, folder)).map(([name, content]) => [`${folder}/${name}`, catalogFile.parse(content).options]),
    ),
  )
  return { forms, sheets, catalogs }
}

function jsonFiles(directory: string): [string, unknown][] {
  return readdirSync(directory)
    .filter((name) => name.endsWith('.json'))
    .sort()
    .map((name) => [name.slice(0, -'.json'.length), JSON.parse(readFileSync(join(directory, name), 'utf8'))])
}

/** SHA-256 of the schema with its keys in order: the identity of an immutable version. */
export function schemaHash(schema: unknown): string {
  return createHash('sha256')
    .update(JSON.stringify(ordered(schema)))
    .digest('hex')
}

function ordered(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(ordered)
  if (value === null || typeof value !== 'object') return value
  return Object.fromEntries(
    Object.entries(value)
      .sort(([a], [b]) => (a < b ? -1 : a > b ? 1 : 0))
      .map(([key, each]) => [key, ordered(each)]),
  )
}
