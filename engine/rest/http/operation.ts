import type { Rule } from '../access/rule.ts'
import type { Wrapping } from '../problem.ts'
import type { Schema } from '../query/kind.ts'
import type { Answer, Call } from './call.ts'
import type { Hal } from './hal.ts'

export type Method = 'GET' | 'POST' | 'PUT' | 'DELETE' | 'OPTIONS'

/** One operation of the API. The router, the OpenAPI description and the documentation are made of these. */
export interface Operation {
  readonly method: Method
  /** `/task/:id/complete` */
  readonly path: string
  readonly summary: string
  readonly run: (call: Call) => Promise<Answer>
  /** Of a searchable resource: its rows are narrowed to what the caller may read. Others have a row in access/authorised-by.ts. */
  readonly authorisedBy?: Rule
  /** How failures of the engine are dressed. */
  readonly wrapping?: Wrapping
  readonly parameters?: readonly Schema[]
  /** The answer is not JSON. */
  readonly binary?: true
  /** The one type of an answer that is neither JSON nor any content: whoever does not accept it is refused. */
  readonly produces?: 'text/plain' | 'application/xhtml+xml'
  /** The same answer for clients that want hypertext. */
  readonly hal?: (call: Call, answer: unknown) => Promise<Hal>
}

type Options = Pick<Operation, 'wrapping' | 'parameters' | 'binary' | 'produces' | 'hal' | 'authorisedBy'>

export const operation = (method: Method, path: string, summary: string, run: Operation['run'], options: Options = {}): Operation => ({
  method,
  path,
  summary,
  run,
  ...options,
})
