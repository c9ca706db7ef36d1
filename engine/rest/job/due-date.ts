import { fromWireDate } from '../../wire/date-time.ts'
import { type Body, textOf } from '../http/call.ts'
import { invalidRequest } from '../problem.ts'

/** A new due date beside the retries; absent: the old one stays, null: at once. */
export function dueDateOf(body: Body): number | null | undefined {
  if (body.dueDate === undefined) return undefined
  const text = textOf(body, 'dueDate')
  if (text === null) return null
  const due = fromWireDate(text)
  if (due === undefined) throw invalidRequest(`Cannot read dueDate '${text}'`)
  return due
}
