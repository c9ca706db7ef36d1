import { z } from 'zod'

const text = z.string().min(1).max(255)

/** POST /api/admin/machine-accounts: a program of the administrator's county. A name that exists gets a new token. */
export const newMachineAccount = z.object({
  name: z
    .string()
    .min(1)
    .max(48)
    .regex(/^[\w.@-]+$/),
  groups: z.array(text).max(50).default([]),
  /** `READ_INSTANCE,UPDATE_INSTANCE:PROCESS_DEFINITION:key`: permissions, resource, and which one (all without). */
  grants: z.array(text).min(1).max(100),
})

/** The answer: the only time that the token is told. */
export const issuedMachineAccount = z.object({ name: z.string(), token: z.string() })

/** GET /api/admin/machine-accounts; `createdAt` is epoch ms. */
export const machineAccountList = z.object({
  accounts: z.array(z.object({ name: z.string(), groups: z.array(z.string()), grants: z.array(z.string()), createdAt: z.number().int() })),
})
