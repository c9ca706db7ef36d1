export const SESSION_COOKIE = 'bihuan_session'
export const CSRF_HEADER = 'x-csrf-token'

/** The session token among the cookies of a request. */
export function sessionTokenOf(cookieHeader: string | undefined): string | undefined {
  for (const part of (cookieHeader ?? '').split(';')) {
    const [name, ...value] = part.trim().split('=')
    if (name === SESSION_COOKIE) return value.join('=')
  }
  return undefined
}

/** `Set-Cookie` of a new session; an empty token ends it. */
export function sessionCookie(token: string, secure: boolean): string {
  const age = token === '' ? 'Max-Age=0' : `Max-Age=${7 * 24 * 3600}`
  return `${SESSION_COOKIE}=${token}; Path=/; HttpOnly; SameSite=Lax; ${age}${secure ? '; Secure' : ''}`
}
