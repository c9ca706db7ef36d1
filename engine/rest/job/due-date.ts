import { fromWireDate } from '../../wire/date-time.ts'
import { type Body, textOf } from '../http/call.ts'
import { invalidRequest } from '../problem.ts'

/** A new due date beside the retries; absent: the old one stays, null: at once. */
export function dueDateOf(body: Body): number | null | undefined {
  if (body.dueDate === undefined) return undefined
  return dateIn(body, 'dueDate')
}

/** When an operation takes place that is put off; null: now. */
export const executionDateOf = (body: Body): number | null => dateIn(body, 'executionDate')

function dateIn(body: Body, name: string): number | null {
  const text = textOf(body, name)
  if (text === null) return null
  const date = fromWireDate(text)
  if (date === undefined) throw invalidRequest(`Cannot read ${name} '${text}'`)
  return date
}
