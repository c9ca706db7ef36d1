import type { Answer } from './call.ts'

/** A resource in the Hypertext Application Language: its members, where it leads, what comes along. */
export interface Hal {
  readonly _links: Readonly<Record<string, { readonly href: string }>>
  readonly _embedded: Readonly<Record<string, readonly Hal[]>> | null
  readonly [member: string]: unknown
}

type Links = Readonly<Record<string, string | null>>

/** `links`: paths within the API; where there is nothing there is no link. */
export function hal(members: Readonly<Record<string, unknown>>, links: Links, embedded: Hal['_embedded'] = null): Hal {
  const present = Object.entries(links).filter((entry): entry is [string, string] => entry[1] !== null)
  return { ...members, _links: Object.fromEntries(present.map(([rel, href]) => [rel, { href }])), _embedded: embedded }
}

/** What comes along, without the lists that are empty. */
export const embedding = (lists: Readonly<Record<string, readonly Hal[]>>): NonNullable<Hal['_embedded']> =>
  Object.fromEntries(Object.entries(lists).filter(([, list]) => list.length > 0))

/** A path within the API; a colon, as in ids of definitions, is one of its signs. */
export const path = (...segments: readonly unknown[]): string =>
  segments.map((segment) => `/${encodeURIComponent(String(segment)).replaceAll('%3A', ':')}`).join('')

export const halAnswer = (resource: Hal): Answer => ({ kind: 'json', status: 200, json: resource, contentType: 'application/hal+json' })

const HAL = 'application/hal+json'

/** Whether a client would rather have this than plain JSON. */
export function prefersHal(accept: string | undefined): boolean {
  const types = (accept ?? '').split(',').map((part) => {
    const [type = '', ...parameters] = part.split(';').map((piece) => piece.trim().toLowerCase())
    const q = parameters.find((parameter) => parameter.startsWith('q='))
    return { type, q: q === undefined ? 1 : Number(q.slice(2)) }
  })
  const wanted = types.findIndex(({ type }) => type === HAL)
  if (wanted < 0) return false
  const plain = types.findIndex(({ type }) => type === 'application/json')
  const difference = (types[wanted]?.q ?? 0) - (types[plain]?.q ?? 0)
  return plain < 0 || difference > 0 || (difference === 0 && wanted < plain)
}
