import { PROBLEMS } from './problem.ts'
import type { Route } from './route.ts'

const GENERATED = '<!-- Made by scripts/api-docs.ts from what the server declares; do not edit. -->'

/** The pages about the HTTP API, by file name. */
export function apiDocs(routes: readonly Route[]): Readonly<Record<string, string>> {
  return { 'http-api.md': httpApi(routes), 'error-codes.md': errorCodes() }
}

function httpApi(routes: readonly Route[]): string {
  const lines = [...routes]
    .sort((a, b) => (a.path === b.path ? (a.method < b.method ? -1 : 1) : a.path < b.path ? -1 : 1))
    .map(({ method, path, access, summary }) => `| ${method.toUpperCase()} | \`/api${path}\` | ${access} | ${summary} |`)
  return `# The HTTP API

${GENERATED}

Shapes of bodies and answers: \`GET /api/openapi.json\` of a running server, or the contracts in \`contracts/api\`. Refusals are
[RFC 9457 problems](error-codes.md). Calls that change something send the session's \`x-csrf-token\`. Access: \`public\` needs nothing,
\`session\` somebody who is signed in, \`machine\` a machine account, anything else that permission.

| method | path | access | what it does |
|---|---|---|---|
${lines.join('\n')}
`
}

function errorCodes(): string {
  const lines = Object.entries(PROBLEMS).map(([code, { status, title }]) => `| \`${code}\` | ${status} | ${title} |`)
  return `# Codes of refusals

${GENERATED}

Every refusal below \`/api\` is \`application/problem+json\` with \`code\`, \`status\`, \`title\`, and where they help \`detail\`, \`data\` and
\`errors\` (field path, code, words).

| code | status | title |
|---|---|---|
${lines.join('\n')}
`
}
