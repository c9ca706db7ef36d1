import { EngineError, type Finding } from '../process-engine.ts'

/** Names of Camunda's exceptions, as clients see them in `type`. */
export type ProblemType =
  | 'InvalidRequestException'
  | 'RestException'
  | 'ProcessEngineException'
  | 'BadUserRequestException'
  | 'NotFoundException'
  | 'NotAllowedException'
  | 'NotAcceptableException'
  | 'NotSupportedException'
  | 'NotValidException'
  | 'NullValueException'
  | 'ProcessEnginePersistenceException'
  | 'QueryParamException'
  | 'IllegalArgumentException'
  | 'ParseException'
  | 'SuspendedEntityInteractionException'
  | 'TaskAlreadyClaimedException'
  | 'MismatchingMessageCorrelationException'
  | 'MigrationPlanValidationException'
  | 'MigratingProcessInstanceValidationException'
  | 'FormFieldValidatorException'
  | 'AuthorizationException'
  | 'AuthenticationException'

/** A request that is answered with a failure, in Camunda's format. Thrown by the REST side only. */
export class Problem extends Error {
  readonly status: number
  readonly type: ProblemType
  readonly more: Readonly<Record<string, unknown>>
  constructor(status: number, type: ProblemType, message: string, more: Readonly<Record<string, unknown>> = {}) {
    super(message)
    this.name = 'Problem'
    this.status = status
    this.type = type
    this.more = more
  }
}

export const invalidRequest = (message: string, status = 400): Problem => new Problem(status, 'InvalidRequestException', message)
export const notFound = (message: string): Problem => new Problem(404, 'InvalidRequestException', message)

interface Row {
  readonly status: number
  readonly type: ProblemType
  /** Camunda's number of the exception; 0: none of its own. */
  readonly code?: number
}

const engine = { status: 500, type: 'ProcessEngineException' } as const
const badRequest = { status: 400, type: 'BadUserRequestException' } as const
const missing = { status: 404, type: 'NotFoundException' } as const
const nullValue = { status: 500, type: 'NullValueException' } as const
const notValid = { status: 400, type: 'NotValidException' } as const
const suspended = { status: 400, type: 'SuspendedEntityInteractionException' } as const

/** The one table from the engine's failures to Camunda's answers. What is not listed is a 500 ProcessEngineException. */
const TABLE: Readonly<Record<string, Row>> = {
  'parse-failed': { status: 400, type: 'ParseException' },
  'null-argument': nullValue,
  'unknown-task': nullValue,
  'unknown-definition': nullValue,
  'unknown-execution': nullValue,
  'unknown-instance': nullValue,
  'unknown-incident': { status: 404, type: 'NotFoundException' },
  'unknown-job': { status: 404, type: 'InvalidRequestException' },
  'unknown-external-task': missing,
  'unknown-subscription': engine,
  'unknown-activity': notValid,
  'unknown-activity-instance': notValid,
  'instance-suspended': suspended,
  'task-suspended': suspended,
  'external-task-suspended': suspended,
  'job-suspended': suspended,
  'definition-suspended': suspended,
  'task-already-claimed': { status: 500, type: 'TaskAlreadyClaimedException' },
  'external-task-not-locked': badRequest,
  'external-task-locked': badRequest,
  'modification-refused': notValid,
  'message-mismatch': { status: 400, type: 'MismatchingMessageCorrelationException' },
  'message-required': badRequest,
  'invalid-request': badRequest,
  'bad-user-request': badRequest,
  'not-valid': notValid,
  'migration-plan-invalid': { status: 400, type: 'MigrationPlanValidationException' },
  'migrating-instance-invalid': { status: 400, type: 'MigratingProcessInstanceValidationException' },
  'text-too-long': { status: 500, type: 'ProcessEnginePersistenceException', code: 10002 },
  'form-invalid': { status: 500, type: 'FormFieldValidatorException' },
}

/**
 * How an operation dresses the engine's failures, as Camunda's resource classes do: `rest` makes RestExceptions with the status
 * of the failure, or 500 where that is not one of `keep`.
 */
export interface Wrapping {
  readonly type: ProblemType
  readonly status: (status: number, type: ProblemType) => number
  /** Only failures of these types are dressed. */
  readonly only?: readonly ProblemType[]
}

/** Everything becomes a RestException with this status. */
export const wrapAll = (status: number, type: ProblemType = 'RestException'): Wrapping => ({ type, status: () => status })
/** Failures that say "not there" or "bad request" become RestExceptions of their status; others stay. */
export const wrapExternalTask: Wrapping = {
  type: 'RestException',
  status: (status) => status,
  only: ['NotFoundException', 'BadUserRequestException'],
}

export interface ProblemAnswer {
  readonly status: number
  readonly body: Readonly<Record<string, unknown>>
}

/** The answer for whatever an operation threw. Unexpected errors are reported to `report` and answered with 500. */
export function answerOf(error: unknown, wrapping: Wrapping | undefined, report: (error: unknown) => void): ProblemAnswer {
  if (error instanceof Problem)
    return { status: error.status, body: { type: error.type, message: error.message, code: null, ...error.more } }
  if (!(error instanceof EngineError)) {
    report(error)
    return {
      status: 500,
      body: { type: 'ProcessEngineException', message: error instanceof Error ? error.message : String(error), code: 0 },
    }
  }
  if (error.findings.length > 0) return parseAnswer(error.findings)
  const row: Row = TABLE[error.code] ?? engine
  const dressed = wrapping && (wrapping.only === undefined || wrapping.only.includes(row.type))
  const { status, type } = dressed ? { status: wrapping.status(row.status, row.type), type: wrapping.type } : row
  return { status, body: { type, message: messageOf(error), code: row.code ?? 0 } }
}

/** The core's default message is the code with its data: made readable. */
function messageOf({ code, message }: EngineError): string {
  const data = message.startsWith(`${code}: {`) ? message.slice(code.length + 2) : null
  return data === null ? message : `${code.replaceAll('-', ' ').replace(/ suspended$/, ' is suspended')}: ${data}`
}

/** Findings for which Camunda has no report: the file is no XML, or its trouble shows only after it was parsed. */
const WITHOUT_REPORT = new Set(['malformed-xml', 'expression-syntax', 'duplicate-key', 'invalid-dmn', 'unsupported', 'requirement-loop'])

/** Camunda Modeler knows a parse error by the text ENGINE-09005. */
function parseAnswer(findings: readonly Finding[]): ProblemAnswer {
  const errors = findings.filter(({ severity }) => severity === 'error')
  const lines = errors.map(({ message, resource, line, column }) => `* ${message} | resource ${resource} | line ${line} | column ${column}`)
  const message = `ENGINE-09005 Could not parse BPMN process. Errors: \n${lines.join('\n')}`
  if (errors.every(({ code }) => WITHOUT_REPORT.has(code)))
    return { status: 500, body: { type: 'ProcessEngineException', message, code: 0 } }
  return { status: 400, body: { type: 'ParseException', message, code: 0, details: detailsOf(findings) } }
}

/** Findings by file, as Camunda Modeler shows them. */
function detailsOf(findings: readonly Finding[]): Readonly<Record<string, unknown>> {
  const files: Record<string, { errors: unknown[]; warnings: unknown[] }> = {}
  for (const { severity, message, resource, elementIds, line, column } of findings) {
    files[resource] ??= { errors: [], warnings: [] }
    const list = severity === 'error' ? files[resource].errors : files[resource].warnings
    list.push({ message, line, column, mainElementId: elementIds.at(-1) ?? null, elementIds })
  }
  return files
}
