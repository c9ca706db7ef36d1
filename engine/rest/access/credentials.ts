/** What a request's `Authorization` header gives: `Basic name:secret`, or `Bearer secret` (then without a name). */
export interface Credentials {
  readonly name: string | null
  readonly secret: string
}

/** Null: none, or of another scheme. */
export function credentialsOf(authorization: string | undefined): Credentials | null {
  const [scheme, value] = (authorization ?? '').trim().split(/\s+/, 2)
  if (!scheme || !value) return null
  if (scheme.toLowerCase() === 'bearer') return { name: null, secret: value }
  if (scheme.toLowerCase() !== 'basic') return null
  const [name, ...rest] = Buffer.from(value, 'base64').toString('utf8').split(':')
  return { name: name ?? '', secret: rest.join(':') }
}
