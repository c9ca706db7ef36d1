import { useEffect, useState } from 'react'
import { countyNow } from './county-clock.ts'

/** The county's time, new every half minute: for remaining time in words. */
export function useNow(everyMs = 30_000): number {
  const [now, setNow] = useState(countyNow)
  useEffect(() => {
    const timer = setInterval(() => setNow(countyNow()), everyMs)
    return () => clearInterval(timer)
  }, [everyMs])
  return now
}
