import { z } from 'zod'
import { outcomeSetting } from '../bpmn-extension.ts'
import { formView } from './inbox.ts'

/** GET /api/start */
export const startable = z.object({
  id: z.string(),
  title: z.string(),
  hint: z.string(),
  group: z.string(),
  draftSavedAt: z.number().nullable(),
})
export const startPage = z.object({ procedures: z.array(startable) })
export type StartPage = z.infer<typeof startPage>

/** GET /api/start/:procedure: the form of the first node. */
export const startForm = z.object({
  procedureId: z.string(),
  procedureName: z.string(),
  nodeName: z.string(),
  form: formView,
  outcome: outcomeSetting,
  draftSavedAt: z.number().nullable(),
  ahead: z.array(z.object({ nodeName: z.string(), who: z.string() })),
})
export type StartForm = z.infer<typeof startForm>

/**
 * `hazard-self-check` and `regulator-found`: `form.hazards[]` holds the registered hazards, each the values of F02 (key
 * `hazardRecord`) with `clientId` (made once on the device) and `lineId` (the line of the sheet, F01 `items[].lineId`). The same
 * holds for the seat `check` when the principal returned the list: entries there carry their `hazardNo`; one that was taken off
 * stays in the list with `removed: true` and `removedReason`.
 */
export const HAZARDS_FIELD = 'hazards'

/** POST /api/start/:procedure: starts and completes the first node in one transaction. The same requestId twice: the same answer. */
export const startRequest = z.object({
  requestId: z.string().min(8).max(64),
  form: z.record(z.string(), z.unknown()),
  outcome: z.string().optional(),
})
export const started = z.object({
  instanceId: z.string(),
  recordNumber: z.string(),
  /** Numbers of the hazards registered with it. */
  hazards: z.array(z.object({ number: z.string(), level: z.string(), description: z.string() })),
  sentence: z.string(),
})
export type Started = z.infer<typeof started>
