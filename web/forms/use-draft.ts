import { useCallback, useEffect, useRef, useState } from 'react'
import { change } from '../api/request.ts'
import { countyNow } from '../clock/county-clock.ts'
import { useMe } from '../session/session-context.ts'

export type Saving = { kind: 'idle' } | { kind: 'saving' } | { kind: 'saved'; at: number } | { kind: 'local' }
type Values = Record<string, unknown>

const PAUSE_MS = 1500
/** A device may be shared: what one person wrote is not another's. */
const localKey = (personId: string, path: string) => `draft:${personId}:${path}`

function readLocal(key: string): Values | null {
  const text = localStorage.getItem(key)
  if (!text) return null
  try {
    return JSON.parse(text) as Values
  } catch {
    return null
  }
}

/**
 * Saves what is being written a moment after the last key. Without a network it stays on the device, and is sent when there is one
 * again, or when the form is opened the next time; `kept` is what was found there at the beginning.
 */
export function useDraft(path: string) {
  const key = localKey(useMe().person.id, path)
  const [kept] = useState(() => readLocal(key))
  const [saving, setSaving] = useState<Saving>({ kind: 'idle' })
  const pending = useRef<Values | null>(null)
  const timer = useRef<ReturnType<typeof setTimeout> | undefined>(undefined)

  const flush = useCallback(async () => {
    clearTimeout(timer.current)
    const form = pending.current
    if (!form) return
    pending.current = null
    setSaving({ kind: 'saving' })
    try {
      await change('PUT', path, { form })
      localStorage.removeItem(key)
      setSaving({ kind: 'saved', at: countyNow() })
    } catch {
      localStorage.setItem(key, JSON.stringify(form))
      setSaving({ kind: 'local' })
    }
  }, [path, key])

  const save = useCallback(
    (values: Values) => {
      pending.current = values
      // The page may be closed before the next try.
      if (!navigator.onLine) localStorage.setItem(key, JSON.stringify(values))
      clearTimeout(timer.current)
      timer.current = setTimeout(() => void flush(), PAUSE_MS)
    },
    [flush, key],
  )

  /** The form was sent: nothing is left to save. */
  const drop = useCallback(() => {
    clearTimeout(timer.current)
    pending.current = null
    localStorage.removeItem(key)
  }, [key])

  useEffect(() => {
    const sendKept = () => {
      const local = readLocal(key)
      if (!local) return
      pending.current ??= local
      void flush()
    }
    if (navigator.onLine) sendKept()
    window.addEventListener('online', sendKept)
    return () => {
      window.removeEventListener('online', sendKept)
      // Leaving the page sends what is still waiting.
      void flush()
    }
  }, [key, flush])

  return { kept, saving, save, flush, drop }
}
