import { readdirSync, readFileSync } from 'node:fs'
import { z } from 'zod'
import { isFactType } from '../fact-type.ts'

const values = z.union([
  z.array(z.union([z.string(), z.number(), z.boolean()])).min(1),
  /** A list that the campaign sets. */
  z.enum(['@countedLayers', '@countedSources']),
])

const factFilter = z.object({
  type: z.string().refine(isFactType, 'no fact type of the registry'),
  /** Attribute → the values of which one must be there. */
  where: z.record(z.string(), values).default({}),
  /** Attribute → values that shut a fact out; an absent attribute does not. */
  unless: z.record(z.string(), values).default({}),
})

const columnHead = {
  key: z.string(),
  number: z.number().int(),
  group: z.string().nullable(),
  title: z.string(),
  unit: z.string(),
  /** One sentence with `{from}` and `{to}`. */
  rule: z.string(),
}

const textColumn = z.object({ ...columnHead, kind: z.literal('text') })
const figureColumn = z.object({
  ...columnHead,
  kind: z.enum(['count', 'distinct', 'money']),
  facts: z.array(factFilter).min(1),
  /** What makes two facts one row: the fact itself, its record, or its enterprise. */
  rowId: z.enum(['fact', 'record', 'enterprise']),
  /** The attribute that a row adds; absent: each row adds one. Money in fen. */
  amount: z.string().optional(),
  /** How periods make 累计: 个, 项, 万 add up; 家 is counted over the rows of all periods. */
  total: z.enum(['sum', 'distinct']),
  /** Leaves out hazards that are void at the moment of the snapshot. */
  exceptVoid: z.boolean().default(false),
  /** Whether 县局本级 has figures of its own here. */
  countyOwns: z.boolean().default(false),
})

const reportDefinition = z.object({
  id: z.string(),
  version: z.number().int().min(1),
  countyCode: z.string(),
  campaignId: z.string(),
  title: z.string(),
  annexTitle: z.string(),
  rows: z.object({ period: z.string(), cumulative: z.string(), own: z.string() }),
  columns: z.array(z.discriminatedUnion('kind', [textColumn, figureColumn])).min(1),
  /** On 累计 only: left must not exceed right. */
  checks: z.array(z.object({ left: z.string(), right: z.string(), text: z.string() })),
})

/** A report as data: what an administrator may change without code. */
export type ReportDefinition = z.infer<typeof reportDefinition>
export type FigureColumn = z.infer<typeof figureColumn>
export type FactFilter = z.infer<typeof factFilter>

/** The columns that hold figures, in order. */
export function figureColumns(definition: ReportDefinition): readonly FigureColumn[] {
  return definition.columns.filter((column) => column.kind !== 'text')
}

/** Reads a definition. Throws when it names a fact type that does not exist or checks a column that it does not have. */
export function readReportDefinition(input: unknown): ReportDefinition {
  const definition = reportDefinition.parse(input)
  const keys = new Set(definition.columns.map((column) => column.key))
  const lost = definition.checks.flatMap((check) => [check.left, check.right]).find((key) => !keys.has(key))
  if (lost) throw new Error(`report ${definition.id} checks column ${lost}, which it does not have`)
  return definition
}

const folder = new URL('./definitions/', import.meta.url)
let loaded: readonly ReportDefinition[] | null = null

/** The reports of a county, as shipped in `definitions/`. */
export function reportsOf(countyCode: string): readonly ReportDefinition[] {
  loaded ??= readdirSync(folder)
    .filter((name) => name.endsWith('.json'))
    .sort()
    .map((name) => readReportDefinition(JSON.parse(readFileSync(new URL(name, folder), 'utf8'))))
  return loaded.filter((definition) => definition.countyCode === countyCode)
}
