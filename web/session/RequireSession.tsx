import { Navigate, useLocation } from 'react-router'
import { RequestError } from '../api/request.ts'
import { ErrorState } from '../parts/ErrorState.tsx'
import { Skeleton } from '../parts/Skeleton.tsx'
import { Shell } from '../shell/Shell.tsx'
import { SessionProvider } from './session-context.ts'
import { useSession } from './use-session.ts'

/** Everything but the login needs somebody who is signed in; who must change the password does that first. */
export function RequireSession() {
  const session = useSession()
  const { pathname, search } = useLocation()
  if (session.error instanceof RequestError && session.error.status === 401)
    return <Navigate to={`/login?to=${encodeURIComponent(pathname + search)}`} replace />
  if (session.data) {
    if (session.data.mustChangePassword && pathname !== '/me') return <Navigate to="/me" replace />
    return (
      <SessionProvider value={session.data}>
        <Shell />
      </SessionProvider>
    )
  }
  if (session.isError) return <ErrorState error={session.error} onRetry={() => void session.refetch()} />
  return <Skeleton rows={4} />
}
