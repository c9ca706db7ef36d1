import type { Response } from 'express'

const TYPES: Readonly<Record<string, string>> = {
  xlsx: 'application/vnd.openxmlformats-officedocument.spreadsheetml.sheet',
  docx: 'application/vnd.openxmlformats-officedocument.wordprocessingml.document',
}

/** Answers a file as a download under a name that may be Chinese (RFC 6266). */
export function sendFile(response: Response, file: { name: string; content: Uint8Array }): void {
  const type = TYPES[file.name.slice(file.name.lastIndexOf('.') + 1)] ?? 'application/octet-stream'
  response.setHeader('Content-Type', type)
  response.setHeader('Content-Disposition', `attachment; filename*=UTF-8''${encodeURIComponent(file.name)}`)
  response.end(Buffer.from(file.content))
}
