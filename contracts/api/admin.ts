import { z } from 'zod'

/** GET /api/admin/forms */
export const formList = z.object({
  forms: z.array(
    z.object({
      key: z.string(),
      code: z.string(),
      title: z.string(),
      version: z.number(),
      hasDraft: z.boolean(),
      usedBy: z.array(z.string()),
      publishedAt: z.number(),
    }),
  ),
})
export type FormList = z.infer<typeof formList>

/** GET /api/admin/forms/:key → published definition and the draft; PUT …/draft { schema, title }; POST …/publish { note } */
export const formEdit = z.object({
  published: z.unknown(),
  draft: z.unknown().nullable(),
  versions: z.array(z.object({ version: z.number(), publishedAt: z.number(), by: z.string(), note: z.string() })),
  fieldsReadByProcedures: z.array(z.string()),
  /** Of the draft; 0 when there is none. Sent back with the next save, so that nobody overwrites another's work. */
  revision: z.number(),
  draftSavedAt: z.number().nullable(),
  draftSavedBy: z.string().nullable(),
  /** What the schema may refer to: forms, options, sheets by name. */
  resources: z.unknown(),
})
export type FormEdit = z.infer<typeof formEdit>
/** PUT /api/admin/forms/:key/draft → formDraftSaved; another revision than the stored one is a `conflict`. DELETE gives the draft up. */
export const formDraft = z.object({ title: z.string().min(1).max(60), schema: z.unknown(), revision: z.number().int().min(0) })
export const formDraftSaved = z.object({ revision: z.number(), savedAt: z.number() })
/** POST /api/admin/forms/:key/check takes title and schema. */
export const formCheck = z.object({ title: z.string().min(1).max(60), schema: z.unknown() })
/** POST /api/admin/forms/:key/publish publishes the draft. */
export const formPublish = z.object({ note: z.string().min(1).max(500), revision: z.number().int().min(1) })
export const formPublished = z.object({ version: z.number(), publishedAt: z.number() })
export const formFinding = z.object({ severity: z.enum(['error', 'warning']), fieldId: z.string().nullable(), message: z.string() })
export const formFindings = z.object({ findings: z.array(formFinding), differences: z.array(z.string()) })

/** GET /api/admin/procedures */
export const procedureList = z.object({
  procedures: z.array(
    z.object({
      id: z.string(),
      title: z.string(),
      version: z.number(),
      hasDraft: z.boolean(),
      running: z.number(),
      publishedAt: z.number(),
    }),
  ),
})
export type ProcedureList = z.infer<typeof procedureList>

/** GET /api/admin/procedures/:id; PUT …/draft { xml, slots }; POST …/check { xml, slots } → findings; POST …/publish { note } */
export const procedureEdit = z.object({
  id: z.string(),
  title: z.string(),
  version: z.number(),
  xml: z.string(),
  draftXml: z.string().nullable(),
  /** County slots: chain, deadlines, switches. */
  slots: z.record(z.string(), z.unknown()),
  slotDefinitions: z.array(
    z.object({
      key: z.string(),
      title: z.string(),
      type: z.enum(['chain', 'members', 'days', 'date', 'choice']),
      options: z.array(z.object({ value: z.string(), label: z.string() })).default([]),
      basis: z.string(),
    }),
  ),
  positions: z.array(z.object({ key: z.string(), title: z.string(), holders: z.array(z.string()) })),
  forms: z.array(z.object({ key: z.string(), code: z.string(), title: z.string() })),
  versions: z.array(z.object({ version: z.number(), publishedAt: z.number(), by: z.string(), note: z.string() })),
})
export type ProcedureEdit = z.infer<typeof procedureEdit>
export const procedureFinding = z.object({
  kind: z.enum(['law', 'error', 'warning']),
  elementId: z.string().nullable(),
  message: z.string(),
  line: z.number(),
  column: z.number(),
  basis: z.string().nullable(),
})
export type ProcedureFinding = z.infer<typeof procedureFinding>
export const procedureFindings = z.object({ findings: z.array(procedureFinding) })
export type ProcedureFindings = z.infer<typeof procedureFindings>

/** GET /api/admin/operations */
export const operations = z.object({
  running: z.array(z.object({ definitionKey: z.string(), title: z.string(), count: z.number() })),
  incidents: z.array(
    z.object({
      id: z.string(),
      type: z.string(),
      /** What the machine said; for a held seat, why nobody may fill it. */
      message: z.string(),
      /** '' when the incident belongs to no node. */
      activityId: z.string(),
      /** As the model names it. */
      nodeName: z.string(),
      /** Of the procedure; '' when the incident belongs to no instance. */
      procedureTitle: z.string(),
      recordNumber: z.string().nullable(),
      recordTitle: z.string(),
      at: z.number(),
      /** It may be taken from the list without trying again. */
      canGiveUp: z.boolean(),
      /** What was done about it, newest first. */
      trace: z.array(z.object({ at: z.number(), personName: z.string(), action: z.enum(['retried', 'noted']), text: z.string() })),
    }),
  ),
  workers: z.array(z.object({ topic: z.string(), lastSeenAt: z.number().nullable() })),
})
export type Operations = z.infer<typeof operations>
/** POST /api/admin/operations/incidents/:id/retry {}, …/note { text }, …/give-up { text }: what an administrator does about one. */
export const incidentNote = z.object({ text: z.string().trim().min(1).max(500) })

/** GET /api/people?q=&position=&enterprise= for pickers; GET /api/enterprises?q= ; GET /api/units?q= */
export const personOption = z.object({ id: z.string(), name: z.string(), post: z.string() })
export const option = z.object({ id: z.string(), name: z.string(), hint: z.string() })

/** GET /api/admin/settings; PUT /api/admin/settings/:key { value }: what no notice decides, as the county has it. */
export const settingList = z.object({
  settings: z.array(z.object({ key: z.string(), title: z.string(), basis: z.string(), value: z.unknown(), shipped: z.unknown() })),
})
export type SettingList = z.infer<typeof settingList>
export const setSetting = z.object({ value: z.unknown() })

/** GET /api/admin/audit?subject=&before= : newest first, at most 100; `intact` is false when the chain of hashes is broken. */
export const auditPage = z.object({
  events: z.array(
    z.object({
      seq: z.number(),
      at: z.number(),
      personName: z.string(),
      action: z.string(),
      subject: z.string(),
      data: z.record(z.string(), z.unknown()),
    }),
  ),
  intact: z.boolean(),
})
