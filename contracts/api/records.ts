import { z } from 'zod'
import { diagram, formView, HAZARD_LEVELS, timelineStep } from './inbox.ts'

/** POST /api/attachments (multipart: `file`, `clientId`, `takenAt`?, `place`?): the same clientId twice gives the same id. */
export const attachment = z.object({
  id: z.string(),
  name: z.string(),
  mime: z.string(),
  size: z.number(),
  sha256: z.string(),
  takenAt: z.number().nullable(),
})
export type Attachment = z.infer<typeof attachment>

/** A photo or file as it stands in form values. GET /api/attachments/:id serves it. */
export const fileRef = z.object({ id: z.string(), name: z.string(), mime: z.string(), size: z.number() })
export type FileRef = z.infer<typeof fileRef>

export const RECORD_KINDS = ['check', 'hazard', 'listing', 'dualReport', 'report', 'voiding'] as const

/** GET /api/records/:number */
export const recordPage = z.object({
  number: z.string(),
  kind: z.enum(RECORD_KINDS),
  title: z.string(),
  status: z.string(),
  statusLabel: z.string(),
  flags: z.array(z.enum(['returned', 'extended', 'suspended', 'overdue', 'repeated'])),
  level: z.enum(HAZARD_LEVELS).nullable(),
  facts: z.array(z.object({ label: z.string(), value: z.string() })),
  /** Seven stations of a hazard's life; parallel ones may both be current. */
  stations: z.array(
    z.object({ name: z.string(), state: z.enum(['done', 'now', 'ahead', 'void']), at: z.number().nullable(), who: z.string() }),
  ),
  forms: z.array(formView.extend({ nodeName: z.string(), at: z.number() })),
  beforePhotos: z.array(attachment),
  afterPhotos: z.array(attachment),
  timeline: z.array(timelineStep),
  documents: z.array(z.object({ id: z.string(), title: z.string(), format: z.enum(['docx', 'xlsx', 'pdf']), at: z.number() })),
  related: z.array(z.object({ number: z.string(), kind: z.string(), title: z.string(), statusLabel: z.string() })),
  diagrams: z.array(diagram),
  dueAt: z.number().nullable(),
  waitingFor: z.string().nullable(),
})
export type RecordPage = z.infer<typeof recordPage>
