import { z } from 'zod'

/**
 * Topics of external tasks in the shipped procedures: what the model gives (input variables, local to the task) and what the
 * worker answers (variables of the instance). All are idempotent by the external task's activity instance.
 */
export const TOPICS = ['correlate-message', 'serial-number', 'document', 'notify', 'export'] as const
export type Topic = (typeof TOPICS)[number]

/**
 * `correlate-message`: `messages` is JSON text of this list; every entry is one call of `/engine-rest/message` with the task's
 * tenant. A message that starts an instance (`starts`: the key of the definition) is skipped when an instance of that key with that
 * business key exists already (history included). `all` → correlateAll; zero receivers are then fine.
 */
export const messagesToCorrelate = z.array(
  z.object({
    name: z.string(),
    businessKey: z.string(),
    all: z.boolean().default(false),
    starts: z.string().optional(),
    variables: z
      .record(z.string(), z.object({ value: z.union([z.string(), z.number(), z.boolean(), z.null()]), type: z.string() }))
      .default({}),
  }),
)
export type MessagesToCorrelate = z.infer<typeof messagesToCorrelate>

/**
 * Topics without a schema of their own. `serial-number`: in `serial` (`listing`, `suspension`: which row of numbers), out `documentNo`. Assigned once per business key and serial.
 * `document`: in `document` (template key, e.g. `listing-notice`), business key = the record. Out `documentId`.
 */

/**
 * `notify`: in `notice` (text key), `positions` (comma separated `POSITION@county|town|enterprise`), `about` (number of the record that
 * is spoken of, by default the one that the business key names).
 */
export const notifyInput = z.object({ notice: z.string(), positions: z.string(), about: z.string().optional() })

/** `export`: in `report` (report id), `unit`, `period`. Out `documentId`. */
export const exportInput = z.object({ report: z.string(), unit: z.string(), period: z.string() })
