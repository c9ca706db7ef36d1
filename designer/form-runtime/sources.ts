/** One choice of a picker. */
export interface SourceOption {
  readonly id: string
  readonly name: string
  /** Post of a person, address of an enterprise … */
  readonly hint?: string
}

/** A file as it stands in form values. */
export interface StoredFile {
  readonly id: string
  readonly name: string
  readonly mime: string
  readonly size: number
  readonly takenAt?: number | null
  readonly notOnSite?: boolean
}

export type ReferenceKind = 'person' | 'unit' | 'enterprise'

/**
 * What a form needs from the page around it. Everything is optional: without `search` a picker shows the given options only, without
 * `upload` photos stay in the page (preview).
 */
export interface FormSources {
  /** Known options by field path without indexes, or by `@person`, `@unit`, `@enterprise`; they also give names to ids. */
  readonly options?: Readonly<Record<string, readonly SourceOption[]>>
  /** Remote search of a picker; `of` and `position` narrow it as the field says. */
  search?(kind: ReferenceKind, query: string, field: { path: string; of?: string; position?: string }): Promise<readonly SourceOption[]>
  /** Sends one file; the same `clientId` twice gives the same stored file. Rejects when it could not be sent: the field offers to retry. */
  upload?(file: Blob, meta: { name: string; clientId: string; takenAt: number; place?: string }): Promise<StoredFile>
  /** Address of a stored file for an image or a download. */
  fileUrl?(id: string): string
  /** The county's time, for photos: a demonstration lives in a turned year. The device's without it. */
  now?(): number
  /** Lines burnt into photos beside the time: person, town, place. */
  readonly watermark?: readonly string[]
}
