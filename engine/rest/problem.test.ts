import { describe, expect, it } from '@jest/globals'
import { EngineError } from '../process-engine.ts'
import { answerOf, invalidRequest, wrapAll, wrapExternalTask } from './problem.ts'

const reported: unknown[] = []
const answer = (error: unknown, wrapping?: Parameters<typeof answerOf>[1]) => answerOf(error, wrapping, (seen) => reported.push(seen))

describe('problem', () => {
  it('writes a refused request as Camunda does', () => {
    expect(answer(invalidRequest('no'))).toEqual({ status: 400, body: { type: 'InvalidRequestException', message: 'no', code: null } })
  })

  it.each([
    ['unknown-task', 500, 'NullValueException'],
    ['message-mismatch', 400, 'MismatchingMessageCorrelationException'],
    ['unknown-external-task', 404, 'NotFoundException'],
    ['instance-suspended', 400, 'SuspendedEntityInteractionException'],
    ['something-new', 500, 'ProcessEngineException'],
  ])('gives %s a status and a type', (code, status, type) => {
    expect(answer(new EngineError(code, 'm'))).toMatchObject({ status, body: { type, message: 'm', code: 0 } })
  })

  it('dresses failures as the operation wants them', () => {
    expect(answer(new EngineError('unknown-task', 'm'), wrapAll(500))).toMatchObject({ status: 500, body: { type: 'RestException' } })
    expect(answer(new EngineError('unknown-external-task', 'm'), wrapExternalTask)).toMatchObject({
      status: 404,
      body: { type: 'RestException' },
    })
    expect(answer(new EngineError('unknown-task', 'm'), wrapExternalTask)).toMatchObject({
      status: 500,
      body: { type: 'NullValueException' },
    })
  })

  it('makes the default message of a failure readable', () => {
    const error = new EngineError('definition-suspended', 'definition-suspended: {"definitionId":"a"}')

    expect(answer(error).body.message).toBe('definition is suspended: {"definitionId":"a"}')
  })

  it('lists findings by file, and knows which Camunda has no report for', () => {
    const finding = {
      severity: 'error',
      code: 'reference-unknown',
      message: 'bad',
      resource: 'a.bpmn',
      elementIds: ['x'],
      line: 3,
      column: 5,
    } as const

    expect(answer(new EngineError('parse-failed', '', {}, [finding]))).toMatchObject({
      status: 400,
      body: {
        type: 'ParseException',
        message: expect.stringContaining('ENGINE-09005 Could not parse BPMN process.'),
        details: { 'a.bpmn': { errors: [{ message: 'bad', line: 3, column: 5, mainElementId: 'x', elementIds: ['x'] }], warnings: [] } },
      },
    })
    expect(answer(new EngineError('parse-failed', '', {}, [{ ...finding, code: 'malformed-xml' }]))).toMatchObject({
      status: 500,
      body: { type: 'ProcessEngineException' },
    })
  })

  it('reports what nobody expected and answers 500', () => {
    const error = new Error('broken')

    expect(answer(error)).toMatchObject({ status: 500, body: { type: 'ProcessEngineException', message: 'broken' } })
    expect(reported).toContain(error)
  })
})
