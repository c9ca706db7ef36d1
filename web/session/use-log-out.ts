import { useMutation, useQueryClient } from '@tanstack/react-query'
import { change } from '../api/request.ts'

/** Ends the session and forgets what was read in it. */
export function useLogOut() {
  const client = useQueryClient()
  return useMutation({
    mutationFn: () => change('DELETE', '/session'),
    onSettled: () => {
      client.clear()
      window.location.assign('/login')
    },
  })
}
