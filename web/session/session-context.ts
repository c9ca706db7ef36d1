import { createContext, useContext } from 'react'
import type { Me } from '../../contracts/api/session.ts'

const SessionContext = createContext<Me | null>(null)
export const SessionProvider = SessionContext.Provider

/** The person that is signed in; only below the shell. */
export function useMe(): Me {
  const me = useContext(SessionContext)
  if (!me) throw new Error('useMe outside a session')
  return me
}
