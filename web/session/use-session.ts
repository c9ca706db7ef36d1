import { useQuery } from '@tanstack/react-query'
import type { Me } from '../../contracts/api/session.ts'
import { get, setCsrfToken } from '../api/request.ts'
import { setCountyNow } from '../clock/county-clock.ts'

export const sessionKey = ['session'] as const

/** Takes over what the session says about clock and CSRF token. */
export function adoptSession(me: Me): Me {
  setCsrfToken(me.csrfToken)
  setCountyNow(me.demo?.now ?? null)
  return me
}

/** Who is signed in; an error of status 401 when nobody is. */
export const useSession = () =>
  useQuery({
    queryKey: sessionKey,
    queryFn: async ({ signal }) => adoptSession(await get<Me>('/session', signal)),
    staleTime: 60_000,
    refetchInterval: 300_000,
  })
