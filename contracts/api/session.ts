import { z } from 'zod'

/** POST /api/session */
export const logIn = z.object({ county: z.string(), account: z.string().min(1).max(64), password: z.string().min(1).max(200) })

/** GET /api/session, and the answer of POST. Mutating calls send `x-csrf-token`. */
export const me = z.object({
  person: z.object({ id: z.string(), name: z.string(), account: z.string() }),
  county: z.object({ code: z.string(), name: z.string(), shortName: z.string() }),
  positions: z.array(z.object({ key: z.string(), title: z.string(), unitId: z.string(), unitName: z.string() })),
  enterprise: z.object({ id: z.string(), name: z.string(), townName: z.string() }).nullable(),
  kind: z.enum(['enterprise', 'official', 'admin']),
  mayAdminister: z.boolean(),
  mayReport: z.boolean(),
  mustChangePassword: z.boolean(),
  /** Demonstration installations only. `now` is epoch ms of the county's (turned) clock. */
  demo: z.object({ now: z.number(), mayTurn: z.boolean() }).nullable(),
  csrfToken: z.string(),
})
export type Me = z.infer<typeof me>

/** GET /api/counties: for the first step of the login, without a session. */
export const county = z.object({ code: z.string(), name: z.string(), shortName: z.string() })
export type County = z.infer<typeof county>

/** PUT /api/session/password */
export const changePassword = z.object({ current: z.string(), next: z.string().min(10).max(200) })

/** POST /api/demo/clock (administrator of a demonstration): epoch ms, only forward. */
export const turnClock = z.object({ to: z.number().int() })
