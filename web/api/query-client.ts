import { QueryClient } from '@tanstack/react-query'
import { RequestError } from './request.ts'

/** Lists refresh when the window comes back; a refusal is not asked again, a lost network twice. */
export const queryClient = new QueryClient({
  defaultOptions: {
    queries: {
      staleTime: 5_000,
      networkMode: 'always',
      retry: (failures, error) => failures < 2 && error instanceof RequestError && (error.status === 0 || error.status >= 502),
    },
    mutations: { networkMode: 'always' },
  },
})
