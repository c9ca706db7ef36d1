import type { ServerResponse } from 'node:http'
import { toJsonText } from '../../wire/json-text.ts'
import type { Answer } from './call.ts'

/** Writes an answer. The content type is exactly `application/json`: camunda-external-task-client-js compares it so. */
export function sendAnswer(response: ServerResponse, answer: Answer): void {
  switch (answer.kind) {
    case 'nothing':
      response.statusCode = 204
      response.end()
      return
    case 'json':
      sendJson(response, answer.status, answer.json, answer.contentType)
      return
    case 'text':
      response.setHeader('content-type', 'text/plain')
      response.end(answer.text)
      return
    case 'content': {
      response.setHeader('content-type', answer.contentType)
      response.setHeader('content-length', answer.content.byteLength)
      if (answer.filename !== undefined) {
        const name = encodeURIComponent(answer.filename)
        response.setHeader('content-disposition', `attachment; filename="${name}"; filename*=UTF-8''${name}`)
      }
      response.end(answer.content)
    }
  }
}

export function sendJson(response: ServerResponse, status: number, value: unknown, contentType = 'application/json'): void {
  response.statusCode = status
  response.setHeader('content-type', contentType)
  response.end(toJsonText(value))
}
