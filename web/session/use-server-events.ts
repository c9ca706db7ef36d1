import { useQueryClient } from '@tanstack/react-query'
import { useEffect } from 'react'
import { setCountyNow } from '../clock/county-clock.ts'

/** Asks again for what the server says has changed; the browser reconnects by itself. */
export function useServerEvents(): void {
  const client = useQueryClient()
  useEffect(() => {
    const source = new EventSource('/api/events')
    const refresh = (key: string) => void client.invalidateQueries({ queryKey: [key] })
    source.addEventListener('inbox', () => refresh('inbox'))
    source.addEventListener('record', (event) => {
      const { number } = JSON.parse((event as MessageEvent<string>).data) as { number: string }
      void client.invalidateQueries({ queryKey: ['record', number] })
      refresh('ledger')
    })
    source.addEventListener('clock', (event) => {
      setCountyNow((JSON.parse((event as MessageEvent<string>).data) as { now: number }).now)
      void client.invalidateQueries()
    })
    return () => source.close()
  }, [client])
}
