/**
 * A variable's value with its type, as it lives everywhere inside the engine: in snapshots, expressions, mappings and queries.
 *
 * Integers, longs and doubles stay apart, as in Camunda 7: a sum of integers is a Long, a quotient a Double.
 * A Long is a bigint in memory; snapshots hold it as decimal text. Dates are epoch milliseconds. Bytes are base64.
 */
export type Value =
  /** `of`: the type that it was given without a value; Camunda shows it again. */
  | { readonly t: 'Null'; readonly v: null; readonly of?: NullableType }
  | { readonly t: 'String'; readonly v: string }
  | { readonly t: 'Boolean'; readonly v: boolean }
  | { readonly t: 'Short' | 'Integer' | 'Double'; readonly v: number }
  | { readonly t: 'Long'; readonly v: bigint }
  | { readonly t: 'Date'; readonly v: number }
  | { readonly t: 'Json' | 'Xml'; readonly v: string | null; readonly info?: ValueInfo }
  | { readonly t: 'Object'; readonly v: string | null; readonly info?: ValueInfo }
  | { readonly t: 'Bytes'; readonly v: string | null }
  | { readonly t: 'File'; readonly v: string | null; readonly info: ValueInfo }

export type NullableType = 'String' | 'Boolean' | 'Short' | 'Integer' | 'Long' | 'Double' | 'Date'

/** What Camunda's REST API calls `valueInfo`. */
export interface ValueInfo {
  readonly filename?: string
  readonly mimetype?: string
  readonly encoding?: string
  readonly objectTypeName?: string
  readonly serializationDataFormat?: string
}

export type Variables = Readonly<Record<string, Value>>

export const nullValue: Value = { t: 'Null', v: null }
