import { type Body, dateOf } from '../http/call.ts'

/** A new due date beside the retries; absent: the old one stays, null: at once. */
export function dueDateOf(body: Body): number | null | undefined {
  if (body.dueDate === undefined) return undefined
  return dateOf(body, 'dueDate')
}

/** When an operation takes place that is put off; null: now. */
export const executionDateOf = (body: Body): number | null => dateOf(body, 'executionDate')
