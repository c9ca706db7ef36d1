import { useCallback, useEffect, useRef, useState } from 'react'
import { change } from '../api/request.ts'
import { countyNow } from '../clock/county-clock.ts'

export type Saving = { kind: 'idle' } | { kind: 'saving' } | { kind: 'saved'; at: number } | { kind: 'local' }
type Values = Record<string, unknown>

const PAUSE_MS = 1500
const localKey = (path: string) => `draft:${path}`

/** What was kept on this device because it could not be sent. */
export function localDraft(path: string): Values | null {
  const text = localStorage.getItem(localKey(path))
  if (!text) return null
  try {
    return JSON.parse(text) as Values
  } catch {
    return null
  }
}

/** Saves what is being written a moment after the last key; without a network it stays on the device until the next change. */
export function useDraft(path: string) {
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
      localStorage.removeItem(localKey(path))
      setSaving({ kind: 'saved', at: countyNow() })
    } catch {
      localStorage.setItem(localKey(path), JSON.stringify(form))
      setSaving({ kind: 'local' })
    }
  }, [path])

  const save = useCallback(
    (values: Values) => {
      pending.current = values
      clearTimeout(timer.current)
      timer.current = setTimeout(() => void flush(), PAUSE_MS)
    },
    [flush],
  )

  /** The form was sent: nothing is left to save. */
  const drop = useCallback(() => {
    clearTimeout(timer.current)
    pending.current = null
    localStorage.removeItem(localKey(path))
  }, [path])

  useEffect(() => {
    const handleOnline = () => {
      const kept = localDraft(path)
      if (!kept) return
      pending.current = kept
      void flush()
    }
    window.addEventListener('online', handleOnline)
    return () => {
      window.removeEventListener('online', handleOnline)
      // Leaving the page sends what is still waiting.
      void flush()
    }
  }, [path, flush])

  return { saving, save, flush, drop }
}
